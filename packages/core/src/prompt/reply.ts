import type { PromptTemplate } from "../agent/agent.ts";
import type { LabelValue, SpanValue } from "../label/label.ts";
import { placesOf } from "../label/spans.ts";
import { matchOption } from "../schema/match-option.ts";
import { type ChoiceLabel, isChoice, type LabelDefinition, optionsOf } from "../schema/schema.ts";
import { factKey } from "./structure.ts";

export type ReplyFormat = PromptTemplate["format"];

/**
 * What stands between the options of a multiple choice or a ranking on one line: the first of these that no option holds.
 * Where every one of them is in some option, there is none, and the line holds a JSON array.
 */
export const listSeparator = (label: ChoiceLabel): "," | ";" | "|" | ">" | undefined =>
  (label.kind === "ranking" ? ([">", ";", "|"] as const) : ([",", ";", "|"] as const)).find(
    (mark) => !label.options.some((option) => option.text.includes(mark)),
  );

/** A list's separator with the white space that stands around it. */
export const spaced = (separator: string): string => (separator === ">" ? " > " : `${separator} `);

/** What the reply says on one line where no option of a multiple choice fits: words that are no option themselves. */
export const noneWord = (label: LabelDefinition): string =>
  ["none", "none of the above", "no option", "nothing"].find(
    (word) => matchOption(label, word) === undefined,
  ) ?? "";

/**
 * The reply that the default prompt asks for, with these values: options by their texts, spans by their words, labels in
 * schema order, those without a value left out. Examples in prompts are written with it.
 *
 * @param text the record's text, in which spans lie
 */
export function writeReply(
  labels: readonly LabelDefinition[],
  values: ReadonlyMap<string, LabelValue>,
  format: ReplyFormat,
  text = "",
): string {
  const answers = labels.flatMap((label) => {
    const value = values.get(label.name);
    return value === undefined ? [] : [{ label, written: asJson(label, value, text) }];
  });
  if (format !== "line")
    return JSON.stringify(
      Object.fromEntries(answers.map(({ label, written }) => [label.name, written])),
    );
  return answers
    .map(({ label, written }) => `${label.name}: ${onOneLine(label, written)}`)
    .join("\n");
}

type Written = string | number | readonly string[] | readonly object[];

/** A value as it stands in a JSON reply. */
function asJson(label: LabelDefinition, value: LabelValue, text: string): Written {
  if (!Array.isArray(value)) return factOf(label, value);
  const spans = value.filter((one) => typeof one === "object");
  if (label.level === "span") return spans.map((span) => quoteOf(label, span, text));
  return value.flatMap((one) => (typeof one === "string" ? [textOf(label, one)] : []));
}

function quoteOf(label: LabelDefinition, { start, end, value }: SpanValue, text: string): object {
  const words = text.slice(start, end);
  const occurrence = placesOf(words, text).indexOf(start) + 1;
  const fact = Array.isArray(value) ? value.map((one) => textOf(label, one)) : factOf(label, value);
  return { text: words, occurrence, [factKey(label)]: fact };
}

const factOf = (label: LabelDefinition, value: string | number): string | number =>
  typeof value === "string" ? textOf(label, value) : value;

const textOf = (label: LabelDefinition, value: string): string =>
  optionsOf(label).find((option) => option.value === value)?.text ?? value;

/** Texts that could be taken for something else on a line of their own are written as JSON strings. */
const plainLine = /^[^"\n][^\n]*$/u;

function onOneLine(label: LabelDefinition, written: Written): string {
  if (typeof written === "number") return String(written);
  if (typeof written === "string")
    return label.kind !== "text" || plainLine.test(written) ? written : JSON.stringify(written);
  const texts = written.filter((one) => typeof one === "string");
  const separator = label.level === "record" && isChoice(label) ? listSeparator(label) : undefined;
  if (separator === undefined) return JSON.stringify(written);
  return texts.length === 0 ? noneWord(label) : texts.join(spaced(separator));
}
