import { z } from "zod";
import type { LabelValue } from "../label/label.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import { type ReplyFormat, writeReply } from "./reply.ts";

/** A text with its right labels, by label name. */
export interface Example {
  readonly text: string;
  readonly values: ReadonlyMap<string, LabelValue>;
}

/** A text with the reply it ought to get, shown to the model as it is. */
export const WrittenExample = z
  .strictObject({ text: z.string().min(1).max(200_000), reply: z.string().min(1).max(20_000) })
  .meta({ id: "WrittenExample" });
export type WrittenExample = z.infer<typeof WrittenExample>;

/** Writes an example's labels as the reply that is asked for. */
export const writeExample = (
  labels: readonly LabelDefinition[],
  { text, values }: Example,
  format: ReplyFormat,
): WrittenExample => ({ text, reply: writeReply(labels, values, format, text) });

/** The examples as they stand at the end of a prompt's system part. */
export const examplesPart = (examples: readonly WrittenExample[]): string =>
  ["Examples:", ...examples.map(({ text, reply }) => `<text>\n${text}\n</text>\n${reply}`)].join(
    "\n\n",
  );
