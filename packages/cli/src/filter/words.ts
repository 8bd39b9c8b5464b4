import {
  AnnotatorReference,
  type Bounds,
  Condition,
  LabelStatus,
  type LabelValue,
  type MetadataComparisons,
  Outcome,
  type Scalar,
  Sort,
} from "@countersign/core";
import { InvalidArgumentError } from "commander";

/** “0.5..0.9”, “<0.8”, “>=0.99” */
export function bounds(text: string): Bounds {
  const range = /^(\d*\.?\d+)\.\.(\d*\.?\d+)$/.exec(text);
  if (range) return { ">=": Number(range[1]), "<=": Number(range[2]) };
  const one = /^(>=|<=|>|<)\s*(\d*\.?\d+)$/.exec(text);
  if (one?.[1]) return { [one[1]]: Number(one[2]) };
  throw new InvalidArgumentError("It looks like “<0.8”, “>=0.99” or “0.5..0.9”.");
}

export function status(text: string): LabelStatus {
  const known = LabelStatus.safeParse(text);
  if (known.success) return known.data;
  throw new InvalidArgumentError(`It is one of ${LabelStatus.options.join(", ")}.`);
}

/** A whole number from 1, for ids and limits. */
export function wholeNumber(text: string): number {
  const n = Number(text);
  if (Number.isSafeInteger(n) && n >= 1) return n;
  throw new InvalidArgumentError("It is a whole number from 1.");
}

export function seed(text: string): number {
  const n = Number(text);
  if (Number.isSafeInteger(n)) return n;
  throw new InvalidArgumentError("It is a whole number.");
}

/** A label by its name, and by its value or the bounds of its number. */
export interface LabelWanted {
  readonly name?: string;
  readonly value?: LabelValue[];
  readonly bounds?: Bounds;
}

/** “tone=neg”, “neg”, “tone=”, “score>=3” */
export function label(text: string): LabelWanted {
  const [, scored, operator, bound] =
    /^([^=<>]+?)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)$/.exec(text) ?? [];
  if (scored !== undefined && operator !== undefined)
    return { name: scored, bounds: { [operator]: Number(bound) } };
  const at = text.indexOf("=");
  const value = text.slice(at + 1);
  return {
    ...(at >= 0 && { name: text.slice(0, at) }),
    ...(value !== "" && { value: valuesMeant(value) }),
  };
}

/** A word, which may as well be a number. */
const valuesMeant = (value: string): LabelValue[] =>
  /^-?\d+(?:\.\d+)?$/.test(value) ? [value, Number(value)] : [value];

/** “3” or “job:3”, “gold”, “agent:NAME”, “person:NAME”, “model:NAME” (imported) */
export function annotator(text: string): AnnotatorReference {
  if (text === "gold") return { gold: true };
  const [, kind = "job", name = ""] = /^(?:(job|agent|person|model):)?(.*)$/s.exec(text) ?? [];
  const found = AnnotatorReference.safeParse(
    kind === "job" ? { job: Number(name || Number.NaN) } : { [kind]: name },
  );
  if (found.success) return found.data;
  throw new InvalidArgumentError(
    "It is a job's number, “gold”, “agent:NAME”, “person:NAME” or “model:NAME”.",
  );
}

/** Several values of one option, each read by itself. */
export const each =
  <Value>(read: (text: string) => Value) =>
  (text: string, before: Value[] | undefined): Value[] => [...(before ?? []), read(text)];

/**
 * “stars>=3”, “language=en”, “checked=true”, or a name alone: there is a value. A number or true or false is taken for
 * what it is; in quotes it is text.
 */
export function comparison(text: string): MetadataComparisons {
  const found = /^(.+?)\s*(==|=|!=|<=|>=|<|>)\s*(.*)$/s.exec(text);
  if (!found) return { [text]: { exists: true } };
  const [, name = "", operator = "", operand = ""] = found;
  return { [name]: comparisonOf(operator === "=" ? "==" : operator, scalar(operand)) };
}

function comparisonOf(operator: string, operand: Scalar): MetadataComparisons[string] {
  if (operator === "==" || operator === "!=") return { [operator]: operand };
  if (typeof operand === "boolean")
    throw new InvalidArgumentError("true and false have no order; ask for = or !=.");
  return { [operator]: operand };
}

function scalar(text: string): Scalar {
  if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  const quoted = /^"(.*)"$/s.exec(text);
  return quoted?.[1] ?? text;
}

/** “3:refused” */
export function outcome(text: string): Extract<Condition, { outcome: unknown }> {
  const [, job, name] = /^(\d+):(.+)$/.exec(text) ?? [];
  const is = Outcome.safeParse(name);
  if (job !== undefined && is.success) return { outcome: { job: Number(job), is: [is.data] } };
  throw new InvalidArgumentError(
    `It looks like “3:refused”: a job and one of ${Outcome.options.join(", ")}.`,
  );
}

/** “key”, “metadata:NAME”, “confidence:JOB:LABEL”, “similarity”, “subset:NAME”, or the API's JSON */
export function sort(text: string): Sort {
  const [by = "", first, ...rest] = text.split(":");
  const second = rest.length > 0 ? rest.join(":") : undefined;
  const named = [first, second].filter((part) => part !== undefined).join(":");
  const shortened = {
    metadata: { by, name: named },
    subset: { by, subset: named },
    confidence: { by, job: Number(first), name: second },
  }[by];
  const found = Sort.safeParse(text.startsWith("{") ? json(text) : (shortened ?? { by }));
  if (found.success) return found.data;
  throw new InvalidArgumentError(
    "It is id, key, similarity, metadata:NAME, confidence:JOB:LABEL, subset:NAME, or the API's JSON.",
  );
}

export function condition(text: string): Condition {
  const found = Condition.safeParse(json(text));
  if (found.success) return found.data;
  throw new InvalidArgumentError(
    'It is no search condition; one looks like {"all": [{"keyword": {"text": "good"}}]}.',
  );
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It is no JSON: ${(error as SyntaxError).message}`);
  }
}
