import type { PromptTemplate } from "../agent/agent.ts";
import type { LabelValue } from "../label/label.ts";
import { matchOption } from "../schema/match-option.ts";
import type { LabelDefinition } from "../schema/schema.ts";

export type ReplyFormat = PromptTemplate["format"];

/**
 * What stands between the options of a multiple choice on one line: the first of these that no option holds. Where every
 * one of them is in some option, there is none, and the line holds a JSON array.
 */
export const listSeparator = (label: LabelDefinition): "," | ";" | "|" | undefined =>
  ([",", ";", "|"] as const).find(
    (mark) => !label.options.some((option) => option.text.includes(mark)),
  );

/** What the reply says on one line where no option of a multiple choice fits: words that are no option themselves. */
export const noneWord = (label: LabelDefinition): string =>
  ["none", "none of the above", "no option", "nothing"].find(
    (word) => matchOption(label, word) === undefined,
  ) ?? "";

/**
 * The reply that the default prompt asks for, with these values: options by their texts, labels in schema order, those
 * without a value left out. Examples in prompts are written with it.
 */
export function writeReply(
  labels: readonly LabelDefinition[],
  values: ReadonlyMap<string, LabelValue>,
  format: ReplyFormat,
): string {
  const answers = labels.flatMap((label) => {
    const value = values.get(label.name);
    return value === undefined ? [] : [{ label, texts: textsOf(label, value) }];
  });
  if (format !== "line")
    return JSON.stringify(
      Object.fromEntries(answers.map(({ label, texts }) => [label.name, texts])),
    );
  return answers
    .map(
      ({ label, texts }) =>
        `${label.name}: ${typeof texts === "string" ? texts : onOneLine(label, texts)}`,
    )
    .join("\n");
}

function onOneLine(label: LabelDefinition, texts: readonly string[]): string {
  const separator = listSeparator(label);
  if (separator === undefined) return JSON.stringify(texts);
  return texts.length === 0 ? noneWord(label) : texts.join(`${separator} `);
}

const textsOf = (label: LabelDefinition, value: LabelValue): LabelValue =>
  typeof value === "string" ? textOf(label, value) : value.map((one) => textOf(label, one));

const textOf = (label: LabelDefinition, value: string): string =>
  label.options.find((option) => option.value === value)?.text ?? value;
