import { type Condition, err, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../../actor.ts";
import type { Engine } from "../../engine.ts";
import { findProject } from "../../projects/index.ts";
import { matchingRecords } from "../condition.ts";
import { checkCondition } from "../searching.ts";

/** Records whose metadata one request changes. */
const batch = 20_000;

/**
 * Takes metadata of these names away from the records that a search finds, some twenty thousand at a time: while `next`
 * is not null, it is the `after` of the request that goes on. Broken off, what was removed is removed.
 */
export async function removeMetadata(
  engine: Engine,
  actor: Actor,
  input: {
    readonly project: string;
    readonly names: readonly string[];
    readonly where?: Condition | undefined;
    readonly after?: string | undefined;
  },
): Promise<
  Result<
    { changed: number; next: string | null },
    Problem<"project-not-found" | "search-invalid" | "metadata-invalid">
  >
> {
  const { names, where, after = "0" } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  if (!/^\d{1,15}$/.test(after))
    return err({
      type: "metadata-invalid",
      what: "`after` is not the `next` of a request before.",
      kept: "No metadata was changed.",
      next: "Leave it out to begin with the first record.",
    });
  const checked = await checkCondition(engine, project.value, where);
  if (!checked.ok) return checked;
  const page = matchingRecords(engine.db, project.value.id, checked.value)
    .where("records.id", ">", Number(after))
    .where(sql<boolean>`records.metadata ?| ${[...names]}::text[]`)
    .limit(batch);
  const { rows } = await sql<{ changed: number; last: number | null; found: number }>`
    with page as materialized (${page}),
    locked as materialized (select id from records where id in (select id from page) order by id for update),
    changed as (
      update records set metadata = metadata - ${[...names]}::text[]
      from locked where records.id = locked.id
      returning records.id
    )
    select (select count(*) from changed) as changed, (select max(id) from page) as last,
      (select count(*) from page) as found`.execute(engine.db);
  const [done = { changed: 0, last: null, found: 0 }] = rows;
  engine.log.info(
    { project: input.project, names, changed: done.changed, by: actor.name },
    "metadata removed",
  );
  return ok({
    changed: done.changed,
    next: done.found === batch && done.last !== null ? String(done.last) : null,
  });
}
