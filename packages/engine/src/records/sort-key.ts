import {
  err,
  type LabelFact,
  ok,
  type Problem,
  type ResolvedCondition,
  type Result,
  type Sort,
} from "@countersign/core";
import { type Kysely, type RawBuilder, sql } from "kysely";
import type { Database } from "../store/database.ts";
import { comparedMetadata } from "./comparison.ts";
import { annotatorId, type JoinedLabel } from "./condition.ts";
import { noSuchSubset, rankedIn } from "./resolve.ts";

/** What records are ordered by, in SQL. */
export interface SortKey {
  /** Null where a record has nothing to be ordered by. */
  readonly key: RawBuilder<unknown>;
  /** Its type, which its text is read back as. */
  readonly type: "bigint" | "text" | "jsonb" | "double precision" | "timestamptz" | "int";
  /** The record's id as ties are ordered by it: a column of the same table as the key, so that one index gives both. */
  readonly id: RawBuilder<number>;
  /** What the key is found in, with the condition under which it is a record's; nothing where it is the record itself. */
  readonly join: RawBuilder<unknown> | undefined;
  /** Whether every record has one. */
  readonly always: boolean;
  /** The label that is joined, where it is one. */
  readonly joined?: JoinedLabel;
}

/** Finds what a sort orders by. */
export async function sortKeyOf(
  db: Kysely<Database>,
  projectId: number,
  sort: Sort,
  where: ResolvedCondition | undefined,
): Promise<Result<SortKey, Problem<"search-invalid">>> {
  const ofRecord = { id: sql<number>`records.id`, join: undefined };
  switch (sort.by) {
    case "id":
      return ok({ ...ofRecord, key: sql`records.id`, type: "bigint", always: true });
    case "key":
      return ok({ ...ofRecord, key: sql`records.key`, type: "text", always: true });
    case "metadata":
      return ok({
        ...ofRecord,
        key: comparedMetadata(sql`records.metadata`, sort.name),
        type: "jsonb",
        always: false,
      });
    case "confidence":
      return ok(
        ofLabel(
          projectId,
          { alias: "sorted", of: { job: sort.job }, name: sort.name },
          "confidence",
        ),
      );
    case "label":
      return ok(ofLabel(projectId, { alias: "sorted", of: sort.of, name: sort.name }, sort.fact));
    case "similarity": {
      const ranked = rankedIn(where);
      if (!ranked)
        return err({
          type: "search-invalid",
          what: "The search is sorted by similarity but asks for no similar records.",
          next: "Say what they are to be similar to, or sort by something else.",
        });
      return ok({
        key: sql`ranked.score`,
        type: "double precision",
        id: sql`ranked.id`,
        join: sql`unnest(${ranked.ids}::bigint[], ${ranked.scores}::double precision[]) as ranked (id, score)
          on ranked.id = records.id`,
        always: false,
      });
    }
    case "subset":
      return ofSubset(db, projectId, sort.subset);
  }
}

const facts = {
  value: "jsonb",
  confidence: "double precision",
  status: "text",
  createdAt: "timestamptz",
  verifiedAt: "timestamptz",
  verifiedBy: "text",
} as const;

const columns = {
  value: sql`sorted.value`,
  confidence: sql`sorted.confidence`,
  status: sql`sorted.status`,
  createdAt: sql`sorted.created_at`,
  verifiedAt: sql`sorted.verified_at`,
  verifiedBy: sql`sorted.verified_by`,
} as const;

function ofLabel(projectId: number, joined: JoinedLabel, fact: LabelFact): SortKey {
  const join = sql`labels as sorted on sorted.record_id = records.id
    and sorted.annotator_id = ${annotatorId(projectId, joined.of)} and sorted.name = ${joined.name}`;
  return {
    key:
      typeof fact === "object"
        ? comparedMetadata(sql`sorted.metadata`, fact.metadata)
        : columns[fact],
    type: typeof fact === "object" ? "jsonb" : facts[fact],
    id: sql`sorted.record_id`,
    join,
    always: false,
    joined,
  };
}

async function ofSubset(
  db: Kysely<Database>,
  projectId: number,
  name: string,
): Promise<Result<SortKey, Problem<"search-invalid">>> {
  const subset = await db
    .selectFrom("subsets")
    .select(["id", "kind"])
    .where("project_id", "=", projectId)
    .where("name", "=", name)
    .executeTakeFirst();
  if (!subset) return err(noSuchSubset(name));
  if (subset.kind === "search")
    return err({
      type: "search-invalid",
      what: `The subset “${name}” is a saved search: its records have no order of their own.`,
      next: "Sort by something else, or freeze it: countersign subset create --kind frozen",
    });
  return ok({
    key: sql`member.position`,
    type: "int",
    id: sql`member.record_id`,
    join: sql`subset_members as member on member.record_id = records.id and member.subset_id = ${subset.id}`,
    always: false,
  });
}
