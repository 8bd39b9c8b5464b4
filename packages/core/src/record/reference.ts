import { z } from "zod";

/** A record as a caller names it: by its id, a number, or by its key, a text. */
export const RecordReference = z
  .union([z.int(), z.string().min(1).max(1000)])
  .meta({ id: "RecordReference", description: "A number is a record's id, a text its key" });
export type RecordReference = z.infer<typeof RecordReference>;
