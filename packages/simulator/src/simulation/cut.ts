import type { Answer } from "../replies/reply.ts";
import { firstTokens, outputTokens } from "./tokens.ts";

/**
 * An answer as far as the tokens it may have reach. Where its tokens are recorded it ends after so many of them, and
 * elsewhere where they would approximately end.
 */
export function cutTo(most: number | undefined, answer: Answer): Answer {
  if (most === undefined || outputTokens(answer) <= most) return answer;
  const logprobs = answer.logprobs?.slice(0, most);
  return {
    ...answer,
    reply: logprobs?.map(({ token }) => token).join("") ?? firstTokens(answer, most),
    ...(logprobs && { logprobs }),
    finishReason: "length",
  };
}
