import type { TokenLogprob } from "../replies/reply.ts";

/** A token as chat completions and responses write it, with as many alternatives as were asked for. */
export const tokenBody =
  (alternatives: number) =>
  ({ top, ...token }: TokenLogprob) => ({
    ...alternativeBody(token),
    top_logprobs: top.slice(0, alternatives).map(alternativeBody),
  });

const alternativeBody = ({ token, logprob }: { token: string; logprob: number }) => ({
  token,
  logprob,
  bytes: [...Buffer.from(token)],
});
