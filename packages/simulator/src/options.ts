import { z } from "zod";
import { FaultRule } from "./simulation/fault-rule.ts";

/**
 * How long calls take: log-normal about the median, with a slow tail. Each call's time hangs on the seed, its prompt
 * and its attempt only.
 */
export const Latency = z.strictObject({
  medianMs: z.number().min(0).default(0),
  spread: z.number().min(0).max(3).default(0).meta({
    description:
      "Standard deviation of the logarithm: with 0.5 two calls in three are 0.6 to 1.6 medians",
  }),
  tailShare: z.number().min(0).max(1).default(0).meta({
    description: "Share of calls that take tailMs instead",
  }),
  tailMs: z.number().min(0).default(30_000),
});
export type Latency = z.output<typeof Latency>;

/**
 * What the account allows, as token buckets that start full and refill evenly. A call takes one request, and its input
 * tokens plus what it may put out: `max_tokens`, whatever the endpoint calls it, where the request has it, else the answer's own. A call that is
 * turned away takes nothing.
 */
export const Limits = z.strictObject({
  requestsPerMinute: z.number().gt(0).optional(),
  tokensPerMinute: z.number().gt(0).optional(),
  burstSeconds: z.number().gt(0).max(60).default(60).meta({
    description: "Size of the buckets: so many seconds' worth may be used at once",
  }),
  headers: z.boolean().default(true).meta({
    description: "Whether replies tell how the limits stand, and rejections how long to wait",
  }),
});
export type Limits = z.output<typeof Limits>;

/**
 * How long batches take, whatever their size. What is not done when a batch expires is not done at all: 2 s of duration
 * and 1 s until expiry leave about half of the lines undone.
 */
export const BatchTimes = z.strictObject({
  durationMs: z.number().min(0).default(0).meta({ description: "From creation to results" }),
  expiresAfterMs: z
    .number()
    .gt(0)
    .default(24 * 60 * 60_000)
    .meta({ description: "From creation to the end of the window a batch was promised for" }),
});
export type BatchTimes = z.output<typeof BatchTimes>;

/** Everything that decides how the simulated provider behaves; the replies decide what it says. */
export const Behaviour = z.strictObject({
  seed: z.int().default(1),
  latency: Latency.prefault({}),
  limits: Limits.prefault({}),
  batch: BatchTimes.prefault({}),
  faults: z.array(FaultRule).default([]),
  apiKey: z.string().min(1).optional().meta({
    description: "The only key that is let in; without it any key or none will do",
  }),
});
export type Behaviour = z.output<typeof Behaviour>;
