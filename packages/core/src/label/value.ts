import { matchOption } from "../schema/match-option.ts";
import { onScale } from "../schema/scale.ts";
import { type ChoiceLabel, type LabelDefinition, rankedLength } from "../schema/schema.ts";
import { plainText } from "../text/plain-text.ts";
import type { LabelValue, SpanValue } from "./label.ts";
import { canonicalSpans, readSpans } from "./spans.ts";

/**
 * A value as it is stored, so that equal values are equal JSON: the value of an option; for a multiple choice distinct
 * options in the schema's order; for a ranking as many distinct options as it asks for; a number of the scale; a text
 * without white space around it; spans in the text's order. `undefined` where it is no value of the label.
 *
 * @param text the record's text, in which spans must lie
 */
export function canonicalValue(
  definition: LabelDefinition,
  value: LabelValue,
  text = "",
): LabelValue | undefined {
  if (definition.level === "span")
    return isSpans(value)
      ? canonicalSpans(value, text, (fact) => canonicalFact(definition, fact))
      : undefined;
  return isFact(value) ? canonicalFact(definition, value) : undefined;
}

/** What is said of a record, or of one span. */
type Fact = SpanValue["value"];

const isSpans = (value: LabelValue): value is SpanValue[] =>
  Array.isArray(value) && value.every((one) => typeof one === "object");

const isFact = (value: LabelValue): value is Fact =>
  !Array.isArray(value) || value.every((one) => typeof one === "string");

function canonicalFact(definition: LabelDefinition, value: Fact): Fact | undefined {
  switch (definition.kind) {
    case "single":
      return typeof value === "string" && has(definition, value) ? value : undefined;
    case "multiple": {
      if (!Array.isArray(value)) return undefined;
      const chosen = new Set(value);
      const known = definition.options.map((one) => one.value).filter((one) => chosen.has(one));
      return known.length === value.length ? known : undefined;
    }
    case "ranking":
      return Array.isArray(value) &&
        value.length === rankedLength(definition) &&
        new Set(value).size === value.length &&
        value.every((one) => has(definition, one))
        ? value
        : undefined;
    case "number":
      return typeof value === "number" ? onScale(definition, value) : undefined;
    case "text":
      return typeof value === "string" ? fitting(plainText(value), definition) : undefined;
  }
}

const has = (definition: ChoiceLabel, value: string): boolean =>
  definition.options.some((option) => option.value === value);

const fitting = (text: string, { maxLength }: { readonly maxLength: number }) =>
  text !== "" && [...text].length <= maxLength ? text : undefined;

/**
 * The value that a cell of a file stands for. An option is its value or text, matched as {@link matchOption} does; for a
 * multiple choice a JSON list of them, or one alone; for a ranking a JSON list, or its options between “>”; a number is
 * written plainly; a text is the cell; spans are a JSON list of `{start, end, value}`. `undefined` where the cell is no
 * value of the label.
 *
 * @param text the record's text, in which spans must lie
 */
export function readValue(
  definition: LabelDefinition,
  cell: string,
  text = "",
): LabelValue | undefined {
  if (definition.level === "span")
    return readSpans(jsonIn(cell), text, (fact) => readFact(definition, fact));
  return readFact(definition, cell);
}

function readFact(definition: LabelDefinition, cell: unknown): Fact | undefined {
  switch (definition.kind) {
    case "single":
      return typeof cell === "string" ? matchOption(definition, cell) : undefined;
    case "multiple":
    case "ranking": {
      const written = listIn(cell) ?? (definition.kind === "ranking" ? inOrder(cell) : [cell]);
      const list = written.map((one) =>
        typeof one === "string" ? matchOption(definition, one) : undefined,
      );
      return list.every((one) => one !== undefined) ? canonicalFact(definition, list) : undefined;
    }
    case "number":
      if (typeof cell === "number") return canonicalFact(definition, cell);
      return typeof cell === "string" && plainNumber.test(cell.trim())
        ? canonicalFact(definition, Number(cell))
        : undefined;
    case "text":
      return typeof cell === "string" ? canonicalFact(definition, cell) : undefined;
  }
}

/** A number as JSON has it; a plus sign and zeros before it will do. */
export const plainNumber = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

const inOrder = (cell: unknown): unknown[] => (typeof cell === "string" ? cell.split(">") : []);

function listIn(cell: unknown): unknown[] | undefined {
  const list = typeof cell === "string" ? jsonIn(cell) : cell;
  return Array.isArray(list) ? list : undefined;
}

function jsonIn(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return undefined;
  }
}

/** Whether two values of one label are the same; both as they are stored, whatever order a database gave their keys. */
export const sameValue = (a: LabelValue, b: LabelValue): boolean => valueKey(a) === valueKey(b);

/** One text for equal values, another for every other. */
export const valueKey = (value: LabelValue): string =>
  isSpans(value)
    ? JSON.stringify(value.map((span) => [span.start, span.end, span.value]))
    : JSON.stringify(value);
