import {
  compileExtraction,
  type ExtractionOptions,
  type FinishReason,
  type LabelDefinition,
  type Reading,
} from "../src/index.ts";

/** What is known of a reply beside its text; it stopped of itself if nothing is said. */
export type Circumstances = ExtractionOptions & { readonly finish?: FinishReason };

/** What is read for each label. */
export const read = (
  labels: readonly LabelDefinition[],
  text: string,
  { finish = "stop", ...options }: Circumstances = {},
): Map<string, Reading> => new Map(compileExtraction(labels)({ text, finish }, options));

/** What is read for the only label asked for. */
export const readOne = (
  label: LabelDefinition,
  text: string,
  circumstances: Circumstances = {},
): Reading | undefined => read([label], text, circumstances).get(label.name);

/** The same in short: the value, or the reason there is none, in parentheses. */
export const said = (
  label: LabelDefinition,
  text: string,
  circumstances: Circumstances = {},
): unknown => {
  const reading = readOne(label, text, circumstances);
  return reading?.ok ? reading.value : `(${reading?.reason})`;
};
