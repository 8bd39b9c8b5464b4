import type { Outcome } from "../job/job.ts";
import type { Label, LabelValue } from "../label/label.ts";
import type { Metadata } from "../record/record.ts";
import type { AnnotatorReference, OneAnnotator } from "./annotator.ts";
import { compares, inSeconds, within } from "./comparison.ts";
import {
  type AssignedCondition,
  type Condition,
  type ConflictCondition,
  type LabelCondition,
  nestedIn,
  type SimilarCondition,
} from "./condition.ts";
import { hasKeyword } from "./keyword.ts";
import { momentOf } from "./moment.ts";
import { inSortOrder } from "./order.ts";
import { says } from "./says.ts";
import { cosine, leastSimilarity, mostAlike, type Scored, textSimilarity } from "./similarity.ts";
import type { Sort } from "./sort.ts";

/** A record with all that a search can ask of it. */
export interface SearchedRecord {
  readonly id: number;
  readonly key: string;
  readonly content: string;
  readonly metadata: Metadata;
  readonly labels: readonly SearchedLabel[];
  /** Job → how its item with this record ended. */
  readonly outcomes: ReadonlyMap<
    number,
    { readonly outcome: Outcome; readonly reason: string | null }
  >;
  /** Name → vector. */
  readonly vectors?: Readonly<Record<string, ArrayLike<number>>>;
}

export interface SearchedLabel
  extends Pick<
    Label,
    "name" | "value" | "confidence" | "status" | "schemaVersion" | "createdAt" | "verified"
  > {
  readonly by: OneAnnotator;
  /** Of a job's label: the agent's name and id. */
  readonly agent?: { readonly name: string; readonly id: string } | undefined;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A record in an assignment: the places that nobody has, and who has had it. */
export interface SearchedItem {
  readonly free: number;
  readonly parts: readonly {
    readonly person: string;
    readonly state: "held" | "skipped" | "done";
  }[];
}

/** A project as searches see it. */
export interface SearchedProject {
  readonly records: readonly SearchedRecord[];
  /** Name → a saved search, or the ids of a frozen subset in their order. */
  readonly subsets: ReadonlyMap<
    string,
    { readonly where: Condition | undefined } | { readonly ids: readonly number[] }
  >;
  /** Name → record → how it stands there. */
  readonly assignments?: ReadonlyMap<string, ReadonlyMap<number, SearchedItem>>;
}

/**
 * The records that a search finds, in its order, worked out one by one. This is what a search means; the database must
 * find the same. Patterns are taken for JavaScript's, which agree with PostgreSQL's only in what is common to both.
 */
export function evaluateSearch(
  project: SearchedProject,
  where: Condition | undefined,
  sort: Sort,
): SearchedRecord[] {
  const evaluation = new Evaluation(project);
  const found = project.records.filter((record) => !where || evaluation.holds(record, where));
  return inSortOrder(found, sort, evaluation.scoresOf(where), (name) => {
    const subset = project.subsets.get(name);
    return subset && "ids" in subset ? subset.ids : [];
  });
}

class Evaluation {
  readonly #project: SearchedProject;
  readonly #ranked = new Map<SimilarCondition, Scored[]>();

  constructor(project: SearchedProject) {
    this.#project = project;
  }

  holds(record: SearchedRecord, where: Condition): boolean {
    if ("all" in where) return where.all.every((inner) => this.holds(record, inner));
    if ("any" in where) return where.any.some((inner) => this.holds(record, inner));
    if ("not" in where) return !where.not.some((inner) => this.holds(record, inner));
    if ("key" in where) return where.key.includes(record.key);
    if ("keyword" in where) return hasKeyword(record.content, where.keyword);
    if ("regex" in where) {
      const { pattern, caseSensitive } = where.regex;
      return new RegExp(pattern, caseSensitive ? "" : "i").test(record.content);
    }
    if ("metadata" in where) return metadataHolds(record.metadata, where.metadata);
    if ("label" in where) return record.labels.some((label) => labelHolds(label, where.label));
    if ("conflict" in where) return inConflict(record.labels, where.conflict);
    if ("outcome" in where) {
      const { job, is, reason } = where.outcome;
      const ended = record.outcomes.get(job);
      return (
        ended !== undefined &&
        is.includes(ended.outcome) &&
        (!reason || (ended.reason !== null && reason.includes(ended.reason)))
      );
    }
    if ("assignment" in where)
      return assignedHolds(
        this.#project.assignments?.get(where.assignment.name)?.get(record.id),
        where.assignment,
      );
    if ("subset" in where) {
      const subset = this.#project.subsets.get(where.subset);
      if (!subset) return false;
      if ("ids" in subset) return subset.ids.includes(record.id);
      return subset.where === undefined || this.holds(record, subset.where);
    }
    return this.#rank(where.similar).some(({ id }) => id === record.id);
  }

  /** Scores by record id, of the first condition that asks for similar records. */
  scoresOf(where: Condition | undefined): ReadonlyMap<number, number> {
    const similar = where && firstSimilar(where);
    return new Map((similar ? this.#rank(similar) : []).map(({ id, score }) => [id, score]));
  }

  #rank(similar: SimilarCondition): Scored[] {
    const known = this.#ranked.get(similar) ?? rank(this.#project.records, similar);
    this.#ranked.set(similar, known);
    return known;
  }
}

function assignedHolds(item: SearchedItem | undefined, { is, by }: AssignedCondition): boolean {
  if (!item) return false;
  if (is === "open") return item.free > 0;
  const had = item.parts.filter(({ person }) => !by || by.includes(person));
  if (is === "complete") return item.free === 0 && had.every(({ state }) => state !== "held");
  if (is !== undefined) return had.some(({ state }) => state === is);
  return by === undefined || had.length > 0;
}

/** The first condition within another that asks for similar records. */
export function firstSimilar(where: Condition): SimilarCondition | undefined {
  if ("similar" in where) return where.similar;
  for (const one of nestedIn(where)) {
    const found = firstSimilar(one);
    if (found) return found;
  }
  return undefined;
}

const metadataHolds = (
  metadata: Readonly<Record<string, unknown>>,
  asked: Extract<Condition, { metadata: unknown }>["metadata"],
): boolean =>
  Object.entries(asked).every(([name, comparison]) =>
    compares(Object.hasOwn(metadata, name) ? metadata[name] : undefined, comparison),
  );

function labelHolds(label: SearchedLabel, asked: LabelCondition): boolean {
  const { name, by, value, confidence, status, schemaVersion, at, metadata, verified } = asked;
  return (
    isBy(label, by) &&
    (name === undefined || name === label.name) &&
    (!value || value.some((one) => sameValue(one, label.value))) &&
    (!asked.says || says(label.value, asked.says)) &&
    (!status || status.includes(label.status)) &&
    (!schemaVersion || schemaVersion.includes(label.schemaVersion)) &&
    within(label.confidence, confidence ?? {}) &&
    within(secondsOf(label.createdAt), inSeconds(at ?? {})) &&
    (!metadata || metadataHolds(ownAnd(label.metadata), metadata)) &&
    (!verified || verdictHolds(label.verified, verified))
  );
}

/** What users have said of a label is found by its own name, unless the engine has a fact of that name. */
const ownAnd = (
  metadata: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({ ...Object(metadata.user), ...metadata });

function verdictHolds(
  verdict: SearchedLabel["verified"],
  { by, at, value, says: said }: NonNullable<LabelCondition["verified"]>,
): boolean {
  return (
    verdict !== null &&
    (!by || by.includes(verdict.by)) &&
    (!value || value.some((one) => sameValue(one, verdict.value))) &&
    (!said || says(verdict.value, said)) &&
    within(secondsOf(verdict.at), inSeconds(at ?? {}))
  );
}

const secondsOf = (moment: string): number | null => momentOf(moment) ?? null;

const sameValue = (a: LabelValue, b: LabelValue): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

function isBy({ by, agent }: SearchedLabel, meant: AnnotatorReference | undefined): boolean {
  if (!meant) return !("gold" in by);
  if ("agent" in meant) return agent?.id === meant.agent || agent?.name === meant.agent;
  return JSON.stringify(by) === JSON.stringify(meant);
}

function inConflict(
  labels: readonly SearchedLabel[],
  { label: name, among }: ConflictCondition,
): boolean {
  const meant = labels.filter(
    (label) =>
      (name === undefined || label.name === name) &&
      (among ? among.some((by) => isBy(label, by)) : isBy(label, undefined)),
  );
  return meant.some((one) =>
    meant.some((other) => one.name === other.name && !sameValue(one.value, other.value)),
  );
}

function rank(records: readonly SearchedRecord[], { to, by, top }: SimilarCondition): Scored[] {
  const isSeed = (record: SearchedRecord) =>
    ("keys" in to && to.keys.includes(record.key)) || ("ids" in to && to.ids.includes(record.id));
  const seeds = records.filter(isSeed);
  const score =
    by === undefined || by === "text"
      ? textScore("text" in to ? [to.text] : seeds.map(({ content }) => content))
      : vectorScore(
          by.vector,
          "vector" in to
            ? [to.vector]
            : seeds.flatMap(({ vectors }) => vectorOf(vectors, by.vector)),
        );
  const scored = records.flatMap((record) => {
    const found = isSeed(record) ? undefined : score(record);
    return found === undefined ? [] : [{ id: record.id, score: found }];
  });
  return mostAlike(scored, top);
}

const vectorOf = (vectors: SearchedRecord["vectors"], name: string): ArrayLike<number>[] => {
  const vector = vectors?.[name];
  return vector ? [vector] : [];
};

const textScore = (seeds: readonly string[]) => (record: SearchedRecord) => {
  const best = Math.max(0, ...seeds.map((seed) => textSimilarity(record.content, seed)));
  return best >= leastSimilarity ? best : undefined;
};

const vectorScore =
  (name: string, seeds: readonly ArrayLike<number>[]) => (record: SearchedRecord) => {
    const vector = record.vectors?.[name];
    const scores = seeds
      .filter(({ length }) => length === vector?.length)
      .map((seed) => cosine(vector ?? [], seed));
    return vector && scores.length > 0 ? Math.max(...scores) : undefined;
  };
