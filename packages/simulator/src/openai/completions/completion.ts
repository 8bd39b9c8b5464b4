import type { TokenLogprob } from "../../replies/reply.ts";
import type { Given } from "../../simulation/model-call.ts";
import type { CompletionRequest } from "./request.ts";

/** The body of a 200: an OpenAI text completion with one choice for each answer. */
export const textCompletion =
  (request: CompletionRequest) =>
  ({ id, answers, usage, at }: Given): string =>
    JSON.stringify({
      id: `cmpl-${id}`,
      object: "text_completion",
      created: Math.floor(at / 1000),
      model: request.model,
      choices: answers.map((answer, index) => ({
        text: answer.reply,
        index,
        logprobs:
          typeof request.logprobs === "number" && answer.logprobs
            ? logprobsBody(answer.logprobs, request.logprobs, request.prompt.length)
            : null,
        finish_reason: answer.finishReason,
      })),
      usage: {
        prompt_tokens: usage.inputTokens,
        completion_tokens: usage.outputTokens,
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    });

/** Four lists beside each other. Offsets count from the prompt's beginning; the token itself is always among the top. */
function logprobsBody(tokens: readonly TokenLogprob[], alternatives: number, start: number) {
  let offset = start;
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top, token, logprob }) =>
      Object.fromEntries([
        ...top.slice(0, alternatives).map((other) => [other.token, other.logprob]),
        [token, logprob],
      ]),
    ),
    text_offset: tokens.map(({ token }) => {
      const at = offset;
      offset += token.length;
      return at;
    }),
  };
}
