import type { Given } from "../../simulation/model-call.ts";
import { tokenBody } from "../logprobs.ts";
import type { ChatRequest } from "./request.ts";

/** The body of a 200: an OpenAI chat completion with one choice for each answer. */
export const chatCompletion =
  (request: ChatRequest) =>
  ({ id, answers, usage, at }: Given): string =>
    JSON.stringify({
      id: `chatcmpl-${id}`,
      object: "chat.completion",
      created: Math.floor(at / 1000),
      model: request.model,
      choices: answers.map((answer, index) => ({
        index,
        message: { role: "assistant", content: answer.reply, refusal: null },
        logprobs:
          request.logprobs && answer.logprobs
            ? { content: answer.logprobs.map(tokenBody(request.top_logprobs ?? 0)), refusal: null }
            : null,
        finish_reason: answer.finishReason,
      })),
      usage: {
        prompt_tokens: usage.inputTokens,
        completion_tokens: usage.outputTokens,
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    });
