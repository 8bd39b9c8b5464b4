import type { Condition, LabelStatus } from "@countersign/core";
import { Condition as ConditionDocument, LabelStatus as Statuses } from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { command } from "./command.ts";
import { UsageError } from "./usage.ts";

export interface FilterOptions {
  readonly keyword?: string | undefined;
  readonly regex?: string | undefined;
  readonly key?: string[] | undefined;
  readonly label?: string | undefined;
  readonly confidence?: Bounds | undefined;
  readonly status?: LabelStatus | undefined;
  readonly unverified?: true | undefined;
  readonly by?: number | undefined;
  readonly where?: Condition | undefined;
}

type Bounds = { ">="?: number; ">"?: number; "<="?: number; "<"?: number };

/** “0.5..0.9”, “<0.8”, “>=0.99” */
function bounds(text: string): Bounds {
  const range = /^(\d*\.?\d+)\.\.(\d*\.?\d+)$/.exec(text);
  if (range) return { ">=": Number(range[1]), "<=": Number(range[2]) };
  const one = /^(>=|<=|>|<)\s*(\d*\.?\d+)$/.exec(text);
  if (one?.[1]) return { [one[1]]: Number(one[2]) };
  throw new InvalidArgumentError("It looks like “<0.8”, “>=0.99” or “0.5..0.9”.");
}

function status(text: string): LabelStatus {
  const known = Statuses.safeParse(text);
  if (known.success) return known.data;
  throw new InvalidArgumentError(`It is one of ${Statuses.options.join(", ")}.`);
}

/** A whole number from 1, for ids and limits. */
export function wholeNumber(text: string): number {
  const n = Number(text);
  if (Number.isSafeInteger(n) && n >= 1) return n;
  throw new InvalidArgumentError("It is a whole number from 1.");
}

function document(text: string): Condition {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It is no JSON: ${(error as SyntaxError).message}`);
  }
  const condition = ConditionDocument.safeParse(json);
  if (condition.success) return condition.data;
  throw new InvalidArgumentError(
    'It is no search condition; one looks like {"all": [{"keyword": {"text": "good"}}]}.',
  );
}

/** A command over chosen records: the options that are given must all hold. */
export const filtered = (name: string, description: string) =>
  command(name, description)
    .optionsGroup("Which records:")
    .option("--keyword <text>", "the text contains this")
    .option("--regex <pattern>", "the text matches this (Postgres syntax)")
    .option("--key <key...>", "the record has one of these keys")
    .option(
      "--label <name=value>",
      "it has a label of this name with this value; the value alone will do",
    )
    .option("--confidence <bounds>", "its label's confidence: “<0.8”, “>=0.99”, “0.5..0.9”", bounds)
    .option("--status <status>", "its label is unverified, confirmed or corrected", status)
    .option("--unverified", "short for --status unverified")
    .option("--by <job>", "only labels of this job count", wholeNumber)
    .option("--where <json>", "a whole search condition, as in the API", document)
    .optionsGroup("Options:");

/** The search condition that the options spell, or none where all records are meant. */
export function conditionOf(options: FilterOptions): Condition | undefined {
  const conditions: Condition[] = [];
  if (options.keyword !== undefined)
    conditions.push({ keyword: { text: options.keyword, caseSensitive: false } });
  if (options.regex !== undefined)
    conditions.push({ regex: { pattern: options.regex, caseSensitive: false } });
  if (options.key !== undefined) conditions.push({ key: options.key });
  const label = labelCondition(options);
  if (label !== undefined) conditions.push(label);
  if (options.where !== undefined) conditions.push(options.where);
  const [only, ...others] = conditions;
  return only === undefined ? undefined : others.length === 0 ? only : { all: conditions };
}

function labelCondition(options: FilterOptions): Condition | undefined {
  if (options.unverified && options.status !== undefined && options.status !== "unverified")
    throw new UsageError(`--unverified and --status ${options.status} exclude each other.`);
  const wanted = options.unverified ? "unverified" : options.status;
  const { label, confidence, by } = options;
  if (wanted === undefined && label === undefined && confidence === undefined && by === undefined)
    return undefined;
  const [name, value] = label?.includes("=")
    ? [label.slice(0, label.indexOf("=")), label.slice(label.indexOf("=") + 1)]
    : [undefined, label];
  return {
    label: {
      ...(name !== undefined && { name }),
      ...(value !== undefined && { value: [value] }),
      ...(by !== undefined && { by: { job: by } }),
      ...(confidence !== undefined && { confidence }),
      ...(wanted !== undefined && { status: [wanted] }),
    },
  };
}
