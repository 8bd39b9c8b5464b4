import type { Answer } from "../../replies/reply.ts";
import type { Given } from "../../simulation/model-call.ts";
import type { MessagesRequest } from "./request.ts";

const stopReasons: Readonly<Record<Answer["finishReason"], string>> = {
  stop: "end_turn",
  length: "max_tokens",
  content_filter: "refusal",
};

/** The body of a 200: an Anthropic message with one block of text, or none where there is no answer. */
export const messageBody =
  (request: MessagesRequest) =>
  ({ id, answers, usage, via }: Given): string =>
    JSON.stringify({
      id: `msg_${id}`,
      type: "message",
      role: "assistant",
      model: request.model,
      content: answers.map(({ reply }) => ({ type: "text", text: reply })),
      stop_reason: stopReasons[answers[0]?.finishReason ?? "stop"],
      stop_sequence: null,
      usage: {
        input_tokens: usage.inputTokens,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 0,
        output_tokens: usage.outputTokens,
        service_tier: via === "batch" ? "batch" : "standard",
      },
    });
