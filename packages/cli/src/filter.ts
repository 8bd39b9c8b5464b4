import { Option } from "@commander-js/extra-typings";
import type {
  AnnotatorReference,
  Bounds,
  Condition,
  LabelCondition,
  LabelStatus,
  MetadataComparisons,
  Says,
} from "@countersign/core";
import { AssignedState } from "@countersign/core";
import { command } from "./command.ts";
import {
  annotator,
  bounds,
  comparison,
  condition,
  each,
  type LabelWanted,
  label,
  outcome,
  status,
  wholeNumber,
} from "./filter/words.ts";
import { UsageError } from "./usage.ts";

export { wholeNumber };

export interface FilterOptions {
  readonly keyword?: string | undefined;
  readonly words?: "all" | "any" | undefined;
  readonly regex?: string | undefined;
  readonly caseSensitive?: true | undefined;
  readonly key?: string[] | undefined;
  readonly metadata?: MetadataComparisons[] | undefined;
  readonly subset?: string[] | undefined;
  readonly label?: LabelWanted | undefined;
  readonly says?: string[] | undefined;
  readonly saysAll?: string[] | undefined;
  readonly saysFirst?: string[] | undefined;
  readonly saysKeyword?: string | undefined;
  readonly confidence?: Bounds | undefined;
  readonly status?: LabelStatus | undefined;
  readonly unverified?: true | undefined;
  readonly by?: AnnotatorReference | undefined;
  readonly labelMetadata?: MetadataComparisons[] | undefined;
  readonly verifiedBy?: string[] | undefined;
  readonly verifiedSince?: string | undefined;
  readonly conflict?: true | string[] | undefined;
  readonly assignment?: string | undefined;
  readonly assigned?: AssignedState | undefined;
  readonly assignedTo?: string[] | undefined;
  readonly outcome?: Extract<Condition, { outcome: unknown }> | undefined;
  readonly similarTo?: string[] | undefined;
  readonly similarText?: string | undefined;
  readonly similarBy?: string | undefined;
  readonly top?: number | undefined;
  readonly where?: Condition | undefined;
}

/** A command over chosen records: the options that are given must all hold. */
export const filtered = (name: string, description: string) =>
  command(name, description)
    .optionsGroup("Which records:")
    .option("--keyword <text>", "the text contains this")
    .addOption(
      new Option(
        "--words <which>",
        "all or any of a keyword's words, instead of the keyword as it stands",
      ).choices(["all", "any"] as const),
    )
    .option("--regex <pattern>", "the text matches this (Postgres syntax)")
    .option("--case-sensitive", "keywords and pattern mind capitals")
    .option("--key <key...>", "the record has one of these keys")
    .option(
      "--metadata <comparison...>",
      "of the record: “stars>=3”, “language=en”, “day<2026-01-31”, or a name that is there",
      each(comparison),
    )
    .option("--subset <name...>", "the record is in this subset, in all where there are several")
    .option(
      "--label <name=value>",
      "it has a label of this name with this value; the value alone will do. A number also by “score>=3”",
      label,
    )
    .option("--says <option...>", "its label says one of these, be it among others or of a span")
    .option("--says-all <option...>", "its label says all of these")
    .option("--says-first <option...>", "its label ranks one of these first")
    .option("--says-keyword <text>", "its label is a text that contains this")
    .option("--confidence <bounds>", "its label's confidence: “<0.8”, “>=0.99”, “0.5..0.9”", bounds)
    .option("--status <status>", "its label is unverified, confirmed or corrected", status)
    .option("--unverified", "short for --status unverified")
    .option(
      "--by <annotator>",
      "only labels of this job count, or of “gold”, “agent:NAME”, “person:NAME”, “model:NAME”",
      annotator,
    )
    .option("--label-metadata <comparison...>", "of the label: “latency>1000”", each(comparison))
    .option("--verified-by <person...>", "its label was verified by one of these")
    .option("--verified-since <day>", "its label was verified on this day or later")
    .option(
      "--conflict [annotator...]",
      "these gave different labels (named as for --by); anybody but gold if none is named",
    )
    .option("--outcome <job:outcome>", "how this job ended for it: “3:refused”", outcome)
    .option("--assignment <name>", "it belongs to this assignment")
    .addOption(
      new Option("--assigned <state>", "how it stands in the assignment").choices(
        AssignedState.options,
      ),
    )
    .option("--assigned-to <person...>", "one of these has it in hand, passed over or done")
    .option("--similar-to <key...>", "most similar to the records with these keys")
    .option("--similar-text <text>", "most similar to this text")
    .option("--similar-by <vector>", "by vectors of this name instead of by the texts")
    .option("--top <n>", "so many similar ones, 100 if left out", wholeNumber)
    .option("--where <json>", "a whole search condition, as in the API", condition)
    .optionsGroup("Options:");

/** The search condition that the options spell, or none where all records are meant. */
export function conditionOf(options: FilterOptions): Condition | undefined {
  const caseSensitive = options.caseSensitive ?? false;
  const conditions: Condition[] = [];
  if (options.keyword !== undefined)
    conditions.push({
      keyword: {
        text: options.keyword,
        caseSensitive,
        ...(options.words !== undefined && { match: options.words }),
      },
    });
  if (options.regex !== undefined)
    conditions.push({ regex: { pattern: options.regex, caseSensitive } });
  if (options.key !== undefined) conditions.push({ key: options.key });
  conditions.push(...(options.metadata ?? []).map((metadata) => ({ metadata })));
  conditions.push(...(options.subset ?? []).map((subset) => ({ subset })));
  const { name, label: asked } = labelCondition(options);
  if (asked) conditions.push({ label: asked });
  if (options.conflict !== undefined)
    conditions.push({
      conflict: {
        ...(name !== undefined && { label: name }),
        ...(options.conflict !== true && { among: options.conflict.map(annotator) }),
      },
    });
  if (options.outcome !== undefined) conditions.push(options.outcome);
  const assigned = assignedCondition(options);
  if (assigned) conditions.push(assigned);
  const similar = similarCondition(options);
  if (similar) conditions.push(similar);
  if (options.where !== undefined) conditions.push(options.where);
  const [only, ...others] = conditions;
  return only === undefined ? undefined : others.length === 0 ? only : { all: conditions };
}

function labelCondition(options: FilterOptions): {
  readonly name: string | undefined;
  readonly label: LabelCondition | undefined;
} {
  if (options.unverified && options.status !== undefined && options.status !== "unverified")
    throw new UsageError(`--unverified and --status ${options.status} exclude each other.`);
  const wanted = options.unverified ? "unverified" : options.status;
  const { confidence, by, labelMetadata, verifiedBy, verifiedSince } = options;
  const { name, value, bounds } = options.label ?? {};
  const says = saysOf(options, bounds);
  const facts = {
    ...(value !== undefined && { value }),
    ...(says && { says }),
    ...(by !== undefined && { by }),
    ...(confidence !== undefined && { confidence }),
    ...(wanted !== undefined && { status: [wanted] }),
    ...(labelMetadata !== undefined && { metadata: Object.assign({}, ...labelMetadata) }),
    ...((verifiedBy !== undefined || verifiedSince !== undefined) && {
      verified: {
        ...(verifiedBy !== undefined && { by: verifiedBy }),
        ...(verifiedSince !== undefined && { at: { ">=": verifiedSince } }),
      },
    }),
  };
  const asked =
    Object.keys(facts).length > 0 || (name !== undefined && options.conflict === undefined);
  return {
    name,
    label: asked ? { ...(name !== undefined && { name }), ...facts } : undefined,
  };
}

function saysOf(
  { says: any, saysAll: all, saysFirst: first, saysKeyword, words, caseSensitive }: FilterOptions,
  bounds: Bounds | undefined,
): Says | undefined {
  const says = {
    ...bounds,
    ...(any && { any }),
    ...(all && { all }),
    ...(first && { first }),
    ...(saysKeyword !== undefined && {
      keyword: {
        text: saysKeyword,
        caseSensitive: caseSensitive ?? false,
        ...(words !== undefined && { match: words }),
      },
    }),
  };
  return Object.keys(says).length > 0 ? says : undefined;
}

function similarCondition({
  similarTo: keys,
  similarText: text,
  similarBy,
  top,
}: FilterOptions): Condition | undefined {
  if (keys !== undefined && text !== undefined)
    throw new UsageError("--similar-to and --similar-text exclude each other.");
  const to = keys !== undefined ? { keys } : text !== undefined ? { text } : undefined;
  if (!to) {
    if (similarBy !== undefined || top !== undefined)
      throw new UsageError("--similar-by and --top need --similar-to KEY or --similar-text TEXT.");
    return undefined;
  }
  return {
    similar: { to, ...(similarBy !== undefined && { by: { vector: similarBy } }), top: top ?? 100 },
  };
}

function assignedCondition({
  assignment: name,
  assigned: is,
  assignedTo: by,
}: FilterOptions): Condition | undefined {
  if (name === undefined) {
    if (is === undefined && by === undefined) return undefined;
    throw new UsageError("--assigned and --assigned-to go with --assignment NAME.");
  }
  if (by && (is === "open" || is === "complete"))
    throw new UsageError(`--assigned-to goes with --assigned held, skipped or done, not ${is}.`);
  return { assignment: { name, ...(is && { is }), ...(by && { by }) } };
}
