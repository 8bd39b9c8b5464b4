import { z } from "zod";

/** A share with its interval: `value` is `hits / n`, null where n is 0. */
export const Share = z
  .object({
    hits: z.int(),
    n: z.int(),
    value: z.number().nullable(),
    low: z.number().nullable(),
    high: z.number().nullable(),
  })
  .meta({ id: "Share", description: "A proportion with its Wilson 95 % interval" });
export type Share = z.infer<typeof Share>;
