import { z } from "zod";

/**
 * What can go wrong with a call.
 *
 * - `429`, `500`, `503`: the provider's passing errors, without a retry-after
 * - `quota`, `context-length`, `content-filter`: its lasting ones; all six in the words of the endpoint's provider
 * - `timeout`: no answer, ever · `reset`: the connection is reset · `truncated`: it ends in the middle of the body
 * - `malformed`: 200 with a body that is no JSON · `empty`: 200 with no choices
 * - `refusal`: the model declines in plain words · `wrong-label`: it gives another record's answer
 */
export const Fault = z.enum([
  "429",
  "500",
  "503",
  "quota",
  "context-length",
  "content-filter",
  "timeout",
  "reset",
  "truncated",
  "malformed",
  "empty",
  "refusal",
  "wrong-label",
]);
export type Fault = z.infer<typeof Fault>;

const Span = z
  .strictObject({ from: z.number().min(0), to: z.number() })
  .refine(({ from, to }) => from <= to, "ends before it begins");

/**
 * Which calls meet a fault. Shares add up: 0.1 of `500` and 0.1 of `reset` together fail one call in five. What hangs on
 * the prompt (`context-length`, `content-filter`, `refusal`, `wrong-label`) is drawn once a prompt and stays, the rest
 * anew at every attempt and first.
 */
export const FaultRule = z.strictObject({
  fault: Fault,
  share: z.number().min(0).max(1).default(1),
  attempts: Span.optional().meta({
    description: "Only these attempts at a prompt, both ends included, the first being 1",
  }),
  seconds: Span.optional().meta({
    description: "Only calls that come so many seconds after the start, the end excluded",
  }),
});
export type FaultRule = z.output<typeof FaultRule>;

const written =
  /^(?<fault>[a-z0-9-]+?)(?:=(?<share>[0-9.]+))?(?:#(?<a>\d+)(?:-(?<b>\d+))?)?(?:@(?<c>[0-9.]+)-(?<d>[0-9.]+))?$/;

/**
 * Reads a rule as written on a command line, `FAULT[=SHARE][#ATTEMPTS][@SECONDS]`: `500=0.05`, `503@10-20`,
 * `timeout#1`, `429=0.5#1-3@0-60`.
 */
export const WrittenFaultRule = z.string().transform((text, context): FaultRule => {
  const { fault, share, a, b, c, d } = written.exec(text)?.groups ?? {};
  const rule = FaultRule.safeParse({
    fault,
    ...(share !== undefined && { share: Number(share) }),
    ...(a !== undefined && { attempts: { from: Number(a), to: Number(b ?? a) } }),
    ...(c !== undefined && { seconds: { from: Number(c), to: Number(d) } }),
  });
  if (rule.success) return rule.data;
  context.addIssue({
    code: "custom",
    message: `“${text}” is no fault: write FAULT[=SHARE][#ATTEMPTS][@SECONDS], as in 500=0.05, 503@10-20 or timeout#1, with one of ${Fault.options.join(", ")}`,
  });
  return z.NEVER;
});
