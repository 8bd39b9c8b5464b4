import { readFile } from "node:fs/promises";
import { type ConfidenceSource, PromptParts } from "@countersign/core";
import type { NewAgent } from "@countersign/sdk";
import { z } from "zod";
import { UsageError } from "./usage.ts";

export const confidenceMethods = [
  "label-token-probability",
  "self-consistency",
  "paraphrase-consistency",
  "verbalised",
] as const satisfies readonly ConfidenceSource["by"][];

interface ConfidenceOptions {
  readonly confidence?: ConfidenceSource["by"] | undefined;
  readonly samples?: number | undefined;
  readonly paraphrases?: string | undefined;
}

/** What the options say of an agent's confidence; an option that goes with another method is wrong usage. */
export async function confidenceOf({
  confidence,
  samples,
  paraphrases,
}: ConfidenceOptions): Promise<NewAgent["confidence"]> {
  if (samples !== undefined && confidence !== "self-consistency")
    throw new UsageError("--samples goes with --confidence self-consistency.");
  if (paraphrases !== undefined && confidence !== "paraphrase-consistency")
    throw new UsageError("--paraphrases goes with --confidence paraphrase-consistency.");
  switch (confidence) {
    case undefined:
      return undefined;
    case "self-consistency":
      if (samples === undefined || samples < 2 || samples > 20)
        throw new UsageError("--confidence self-consistency needs --samples from 2 to 20.");
      return { by: confidence, samples };
    case "paraphrase-consistency":
      if (paraphrases === undefined)
        throw new UsageError("--confidence paraphrase-consistency needs --paraphrases FILE.");
      return { by: confidence, prompts: await promptsIn(paraphrases) };
    default:
      return { by: confidence };
  }
}

export const describeConfidence = (confidence: ConfidenceSource | undefined): string => {
  switch (confidence?.by) {
    case "self-consistency":
      return `self-consistency of ${confidence.samples} replies`;
    case "paraphrase-consistency":
      return `consistency of ${confidence.prompts.length + 1} prompts`;
    case "verbalised":
      return "as the model says";
    default:
      return "the label's token probability";
  }
};

const Paraphrases = z.array(PromptParts.partial()).min(1).max(19);

async function promptsIn(file: string) {
  const text = await readFile(file, "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read.`);
  });
  const read = Paraphrases.safeParse(jsonIn(text));
  if (read.success) return read.data;
  throw new UsageError(
    `${file} holds no paraphrases, which look like [{"system": "Say whether …"}, {"system": "Judge …"}], up to 19.`,
  );
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
