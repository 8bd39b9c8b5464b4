import {
  isChoice,
  type LabelDefinition,
  type NumberLabel,
  optionsOf,
  rankedLength,
} from "../schema/schema.ts";
import { listSeparator, noneWord, type ReplyFormat, spaced } from "./reply.ts";
import { factKey, isWhole } from "./structure.ts";

/** What is asked for, as the line above a label's options, or in place of them. */
export function taskOf(label: LabelDefinition): string {
  if (label.level === "span") return spanTask(label);
  switch (label.kind) {
    case "single":
      return "Choose exactly one option:";
    case "multiple":
      return "Choose every option that applies:";
    case "ranking":
      return label.top === undefined
        ? "Put all options in order, the foremost first, each once:"
        : `Name the ${rankedLength(label)} foremost options in order, the foremost first, each once:`;
    case "number":
      return `Give one number${numbers(label)}.`;
    case "text":
      return `Write a text of at most ${label.maxLength} characters.`;
  }
}

function spanTask(label: LabelDefinition): string {
  const find = "Find the passages of the text that this label is about; they may overlap.";
  switch (label.kind) {
    case "single":
      return `${find} For each choose exactly one option:`;
    case "multiple":
      return `${find} For each choose every option that applies:`;
    case "number":
      return `${find} Give each one number${numbers(label)}.`;
    case "text":
      return `${find} Write for each a text of at most ${label.maxLength} characters.`;
    case "ranking":
      return find;
  }
}

function numbers(label: NumberLabel): string {
  const { min, max, step } = label;
  const bounds =
    min !== undefined && max !== undefined
      ? ` from ${min} to ${max}`
      : min !== undefined
        ? ` of at least ${min}`
        : max !== undefined
          ? ` of at most ${max}`
          : "";
  const steps =
    step === undefined
      ? ""
      : step === 1 && isWhole(label)
        ? ", whole numbers only"
        : `, in steps of ${step}${min === undefined ? "" : ` from ${min}`}`;
  return `${bounds}${steps}`;
}

/** How passages are to be quoted, where any are asked for, as a line of its own. */
export const quoting = (labels: readonly LabelDefinition[]): string =>
  labels.some(({ level }) => level === "span")
    ? "Quote passages exactly as they stand in the text, character by character. “occurrence” counts the places where " +
      "the quoted words stand in the text, from its beginning: 1 for the first of them, 2 for the second.\n"
    : "";

/** The place of a label's answer in the reply that is asked for. */
export function answerPlace(label: LabelDefinition, format: ReplyFormat): string {
  if (label.level === "span")
    return `[{"text": "<words of the text>", "occurrence": <number>, "${factKey(label)}": ${jsonFact(label)}}, …] or []`;
  if (format !== "line") return jsonFact(label);
  if (label.kind === "text") return "<text on one line>";
  const separator = isChoice(label) ? listSeparator(label) : undefined;
  if (label.kind === "number" || label.kind === "single")
    return jsonFact(label).replaceAll('"', "");
  if (separator === undefined) return jsonFact(label);
  const mark = spaced(separator);
  return label.kind === "ranking"
    ? `<option>${mark}<option>${mark}…`
    : `<option>${mark}<option>${mark}… or ${noneWord(label)}`;
}

function jsonFact(label: LabelDefinition): string {
  switch (label.kind) {
    case "single":
      return '"<option>"';
    case "multiple":
      return '["<option>", …] or []';
    case "ranking":
      return '["<option>", "<option>", …]';
    case "number":
      return "<number>";
    case "text":
      return '"<text>"';
  }
}

/** Whether a reply holds options at all. */
export const asksForOptions = (labels: readonly LabelDefinition[]): boolean =>
  labels.some((label) => optionsOf(label).length > 0);
