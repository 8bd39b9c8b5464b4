import type { Answer, TokenLogprob } from "../replies/reply.ts";
import type { ChatRequest } from "./chat-request.ts";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/**
 * The body of a 200: an OpenAI chat completion with one choice for each answer.
 *
 * @param now milliseconds since 1970
 */
export const chatCompletion = (
  id: string,
  request: ChatRequest,
  answers: readonly Answer[],
  usage: Usage,
  now: number,
): string =>
  JSON.stringify({
    id: `chatcmpl-${id}`,
    object: "chat.completion",
    created: Math.floor(now / 1000),
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

const tokenBody = (alternatives: number) => (token: TokenLogprob) => ({
  ...alternativeBody(token),
  top_logprobs: token.top.slice(0, alternatives).map(alternativeBody),
});

const alternativeBody = ({ token, logprob }: { token: string; logprob: number }) => ({
  token,
  logprob,
  bytes: [...Buffer.from(token)],
});
