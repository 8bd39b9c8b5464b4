import { err, ok, type Result } from "@countersign/core";
import type { CallFailure, RetryFailure } from "../llm/call-failure.ts";
import type { Clock } from "../llm/call-line.ts";
import type { ChatModel, ReceivedReply } from "../llm/chat-model.ts";
import { classifyErrorReply } from "../llm/classify.ts";
import type { ProviderAct } from "./provider-act.ts";

/** A model whose replies come, or fail, by a clock, and mean what they would mean over HTTP. */
export const modelInTime = (clock: Clock, act: (now: number) => ProviderAct): ChatModel => ({
  call: ({ timeoutMs }) =>
    new Promise((resolve) => {
      const acted = act(clock.now());
      const isLate = acted.kind === "silence" || acted.afterMs > timeoutMs;
      const result = isLate ? err(late(timeoutMs)) : resultOf(acted, clock.now() + acted.afterMs);
      clock.after(isLate ? timeoutMs : acted.afterMs, () => resolve(result));
    }),
});

function resultOf(
  act: Exclude<ProviderAct, { kind: "silence" }>,
  now: number,
): Result<ReceivedReply, CallFailure> {
  switch (act.kind) {
    case "reply":
      return ok({
        text: "",
        finish: act.declined ? "content-filter" : "stop",
        usage: {
          inputTokens: act.inputTokens,
          cachedInputTokens: null,
          outputTokens: act.outputTokens,
        },
        modelVersion: null,
        latencyMs: act.afterMs,
        logprobs: undefined,
        simulated: true,
        headers: act.headers,
      });
    case "error":
      return err(classifyErrorReply(act, now));
    case "broken":
      return err(retry("connection", "No connection to the provider."));
    case "unreadable":
      return err(retry("malformed-reply", "The provider's reply could not be read."));
  }
}

const late = (timeoutMs: number): RetryFailure =>
  retry("timeout", `No reply within ${timeoutMs / 1000} seconds.`);

const retry = (reason: RetryFailure["reason"], message: string): RetryFailure => ({
  kind: "retry",
  reason,
  message,
});
