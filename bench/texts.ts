import type { Reply } from "@countersign/simulator";

const openings = [
  "Hello there,",
  "I have been a customer for six years and",
  "Honestly,",
  "Third time that I write:",
  "Just a quick note:",
  "To whom it may concern,",
  "My flight was cancelled at midnight, so",
] as const;
const middles = [
  "nobody at the desk could tell me when the next one leaves",
  "the app shows another gate than the board does",
  "the crew found my son's toy under the seat and posted it to us",
  "is it possible to move the booking by one day without a fee",
  "my bag came two days late and without its handle",
  "the seat was fine, the coffee less so",
  "you charged the same card twice and the form has no field for that",
  "I only wanted to say thank you for the wheelchair at such short notice",
] as const;
const ends = [
  "please answer by mail",
  "I will not fly with you again",
  "great service all in all",
  "what should I do now?",
  "see the pictures that I sent last week",
] as const;

/** The options of the label that the benchmarks ask for. */
export const options = ["negative", "neutral", "positive"] as const;

/** The `n`-th text: 90 to 190 characters, the same in every run, and no other is like it. */
export const textOf = (n: number): string =>
  `${picked(openings, n)} ${picked(middles, n * 7 + 3)}, ${picked(ends, n * 5 + 1)} (booking ${n}).`;

/** What the simulated model says of the `n`-th text. */
export const saidOf = (n: number): string => picked(options, n * 11 + (n % 7));

/** The simulated model's replies to the first `count` texts, with five alternatives a token where probabilities are wanted. */
export function* repliesTo(count: number, logprobs: boolean): Generator<Reply> {
  for (let n = 0; n < count; n += 1) {
    const said = saidOf(n);
    const tokens = ["sent", "iment", ":", ` ${said}`];
    yield {
      match: textOf(n),
      reply: tokens.join(""),
      ...(logprobs && { logprobs: tokens.map((token) => withAlternatives(token, n)) }),
    };
  }
}

function withAlternatives(token: string, n: number) {
  const share = 0.6 + (n % 40) / 100;
  const others = options.map((option) => ` ${option}`).filter((other) => other !== token);
  const top = [token, ...others, " mixed", " none"].slice(0, 5).map((alternative, rank) => ({
    token: alternative,
    logprob: Math.log(rank === 0 ? share : (1 - share) / 2 ** (rank + 1)),
  }));
  return { token, logprob: Math.log(share), top };
}

const picked = <Value>(values: readonly Value[], n: number): Value => {
  const value = values[Math.floor(n / values.length + n) % values.length];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
};
