import type { JobSettings } from "@countersign/core";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import type { Clock, Lane } from "../../llm/call-line.ts";
import type { ChatModel, ChatRequest, ModelReply } from "../../llm/chat-model.ts";
import { endingOf } from "../../llm/ending.ts";
import { type Random, waitBeforeRetry } from "../../llm/retry-policy.ts";
import type { Distress } from "./distress.ts";

/** What an item's calls share with those of the other items of the job. */
export interface Asking {
  readonly model: ChatModel;
  readonly settings: JobSettings;
  readonly lane: Lane;
  readonly distress: Distress;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when no more calls are to be made. */
  readonly quit: AbortSignal;
  /** Aborted when the calls under way are to be given up, too. */
  readonly abort: AbortSignal;
  /** Told of each call that ended, and, where it was not the item's first, what made it necessary. */
  readonly onCall: (because: RetryFailure["reason"] | undefined) => void;
  /** Whether the job's budget is used up; asked before each call. */
  readonly isSpent: () => boolean;
  /** Told of a failure that every call would meet. */
  readonly onHopeless: (failure: DelegateFailure | RetryFailure) => void;
}

/** How asking for one item ended. `left`: the job stopped before there was an answer. */
export type Answer =
  | { readonly kind: "reply"; readonly reply: ModelReply; readonly attempts: number }
  | {
      readonly kind: "failed";
      readonly failure: DelegateFailure | RetryFailure;
      readonly attempts: number;
    }
  | { readonly kind: "left" };

/** Asks a model until it answers, the item's attempts are used up, or the job stops. */
export async function ask(
  asking: Asking,
  item: number,
  request: Omit<ChatRequest, "timeoutMs">,
): Promise<Answer> {
  const { model, settings, lane, distress, quit } = asking;
  const timeoutMs = settings.timeoutSeconds * 1000;
  let mark: number | undefined;
  const { system = "", user } = request.prompt;
  const characters = system.length + user.length;
  let because: RetryFailure["reason"] | undefined;
  for (let attempts = 1; ; attempts += 1) {
    const turn = await lane.turn(attempts === 1 ? "first" : "again", characters);
    if (!turn) return { kind: "left" };
    if (asking.isSpent()) {
      turn.end({ kind: "neutral" });
      return { kind: "left" };
    }
    // From its first call on: what became of others while it waited for a turn says nothing of its own luck.
    mark ??= distress.mark;
    const result = await model.call({ ...request, timeoutMs }, asking.abort);
    turn.end(endingOf(result, asking.clock.now()));
    if (result.ok) {
      asking.onCall(because);
      distress.good();
      return { kind: "reply", reply: result.value, attempts };
    }

    const failure = result.error;
    if (failure.kind === "aborted") return { kind: "left" };
    if (wasSent(failure)) asking.onCall(because);
    if (failure.kind === "delegate") {
      if (!everyCallWouldFail(failure, distress, item))
        return { kind: "failed", failure, attempts };
      asking.onHopeless(failure);
      return { kind: "left" };
    }
    if (quit.aborted) return { kind: "left" };
    distress.suffered(item);
    because = failure.reason;
    const wait = waitBeforeRetry(failure, attempts, settings.maxAttempts, asking.random);
    if (wait === undefined) {
      if (!distress.isProvidersFault(mark)) return { kind: "failed", failure, attempts };
      asking.onHopeless(failure);
      return { kind: "left" };
    }
    await sleep(wait, quit, asking.clock);
  }
}

/** A missing key fails before anything is sent. */
const wasSent = (failure: DelegateFailure | RetryFailure): boolean =>
  failure.kind === "retry" || failure.status !== undefined;

const everyCallWouldFail = (failure: DelegateFailure, distress: Distress, item: number): boolean =>
  failure.scope === "job" || (failure.reason === "invalid-request" && distress.rejected(item));

/** Waits so long, or until the signal is aborted. */
function sleep(milliseconds: number, signal: AbortSignal, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const cancel = clock.after(milliseconds, () => {
      signal.removeEventListener("abort", wake);
      resolve();
    });
    const wake = () => {
      cancel();
      resolve();
    };
    signal.addEventListener("abort", wake, { once: true });
  });
}
