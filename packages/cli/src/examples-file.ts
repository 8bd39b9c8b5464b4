import { readFile } from "node:fs/promises";
import { LabelValue } from "@countersign/core";
import { z } from "zod";
import { UsageError } from "./usage.ts";

const Examples = z
  .array(
    z.strictObject({
      text: z.string().optional(),
      record: z.string().optional(),
      values: z.record(z.string(), LabelValue).optional(),
    }),
  )
  .min(1);

/** Reads a file of examples for a prompt: a JSON array of `{text | record, values}`. */
export async function examplesFile(path: string): Promise<z.infer<typeof Examples>> {
  const text = await readFile(path, "utf8").catch(() => {
    throw new UsageError(`${path} cannot be read.`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${(error as SyntaxError).message}`);
  }
  const examples = Examples.safeParse(json);
  if (examples.success) return examples.data;
  throw new UsageError(
    `${path} is no list of examples: [{"text": "…", "values": {"sentiment": "neg"}}, {"record": "17"}]`,
  );
}
