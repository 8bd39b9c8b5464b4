import { z } from "zod";
import { Json } from "./record.ts";

/** Metadata of one record or label may have so many bytes, written as JSON. */
export const largestMetadata = 256 * 1024;

/** A name of metadata. */
export const MetadataName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\p{Cc}]*$/u, "a name of metadata has no control characters");

/**
 * Values to set by name: texts, numbers, booleans, moments as ISO 8601 texts, lists of numbers as vectors, or any other
 * JSON but null, which would say that there is none.
 */
export const MetadataValues = z
  .record(
    MetadataName,
    Json.refine((value) => value !== null, {
      error: "null is no value; list the name under `remove` to take it away",
    }),
  )
  .meta({ id: "MetadataValues" });
export type MetadataValues = z.infer<typeof MetadataValues>;

/** What is changed of one thing's metadata: names set, names taken away; all others stay. */
export const MetadataChange = z
  .strictObject({
    set: MetadataValues.default({}),
    remove: z.array(MetadataName).max(1000).default([]),
  })
  .meta({ id: "MetadataChange" });
export type MetadataChange = z.infer<typeof MetadataChange>;
