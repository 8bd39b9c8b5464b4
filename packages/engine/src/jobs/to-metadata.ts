import { err, largestMetadata, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { annotatorId } from "../records/index.ts";
import { findNamedJob } from "./find.ts";

/** Items whose records one request looks at. */
const batch = 20_000;

/**
 * Copies a job's labels of one name into the metadata of their records, some twenty thousand items at a time: while
 * `next` is not null, it is the `after` of the request that goes on. Where a person has judged a label, what they said is
 * copied, unless the job's own word is asked for. Running it again brings the copies up to date.
 */
export async function toMetadata(
  engine: Engine,
  actor: Actor,
  input: {
    readonly project: string;
    readonly job: number;
    readonly label: string;
    readonly name: string;
    readonly take: "standing" | "job";
    readonly after?: string | undefined;
  },
): Promise<
  Result<
    { changed: number; unchanged: number; next: string | null },
    Problem<"project-not-found" | "job-not-found" | "label-not-in-schema" | "metadata-invalid">
  >
> {
  const { label, name, take, after = "-1" } = input;
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  if (!job.labels.includes(label))
    return err({
      type: "label-not-in-schema",
      what: `Job ${job.id} has no label “${label}”.`,
      kept,
      next: `It has: ${job.labels.map((one) => `“${one}”`).join(", ")}.`,
    });
  if (!/^-?\d{1,9}$/.test(after))
    return err({
      type: "metadata-invalid",
      what: "`after` is not the `next` of a request before.",
      kept,
      next: "Leave it out to begin with the job's first item.",
    });

  const value = sql`${take === "job" ? sql`null::jsonb` : sql`labels.verified_value`}`;
  const { rows } = await sql<{
    changed: number;
    labels: number;
    large: string | null;
    last: number | null;
    items: number;
  }>`
    with items as materialized (
      select position, record_id from job_items
      where job_id = ${job.id} and position > ${Number(after)}::int
      order by position limit ${batch}
    ), said as materialized (
      select labels.record_id, coalesce(${value}, labels.value) as value from items
      join labels on labels.record_id = items.record_id and labels.name = ${label}
        and labels.annotator_id = ${annotatorId(project.id, { job: job.id })}
    ), large as materialized (
      select records.key from said join records on records.id = said.record_id
      where octet_length(records.metadata::text) + octet_length(said.value::text)
        + octet_length(${name}::text) > ${largestMetadata}::int
      order by records.id limit 1
    ), locked as materialized (
      select id from records where id in (select record_id from said)
        and not exists (select from large)
      order by id for update
    ), changed as (
      update records set metadata = records.metadata || jsonb_build_object(${name}::text, said.value)
      from said join locked on locked.id = said.record_id
      where records.id = said.record_id
        and records.metadata -> ${name}::text is distinct from said.value
      returning records.id
    )
    select (select count(*) from changed) as changed, (select count(*) from said) as labels,
      (select key from large) as large, (select max(position) from items) as last,
      (select count(*) from items) as items`.execute(engine.db);
  const [done = { changed: 0, labels: 0, large: null, last: null, items: 0 }] = rows;
  if (done.large !== null)
    return err({
      type: "metadata-invalid",
      what: `The record “${done.large}” would have more than ${largestMetadata.toLocaleString("en")} bytes of metadata.`,
      kept: "What earlier requests copied stays; nothing of this one was copied.",
      next: "Remove metadata that is no longer needed: countersign records metadata remove NAME",
    });
  engine.log.info(
    { job: job.id, label, name, changed: done.changed, by: actor.name },
    "labels copied to metadata",
  );
  return ok({
    changed: done.changed,
    unchanged: done.labels - done.changed,
    next: done.items === batch && done.last !== null ? String(done.last) : null,
  });
}

const kept = "No metadata was changed.";
