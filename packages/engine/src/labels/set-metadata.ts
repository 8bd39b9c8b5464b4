import {
  err,
  largestMetadata,
  type MetadataChange,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { checkValues, tooLarge } from "../records/index.ts";
import { attempt } from "../store/attempt.ts";

/** What is changed of one label's metadata. */
export interface LabelMetadataEntry extends MetadataChange {
  readonly label: number;
}

/**
 * Sets and removes users' own metadata of labels, all of it or none. It is kept under `user`, apart from what is known of
 * how a label was made, which nobody changes.
 */
export async function setMetadata(
  engine: Engine,
  actor: Actor,
  input: { readonly project: string; readonly entries: readonly LabelMetadataEntry[] },
): Promise<
  Result<
    { changed: number; unchanged: number },
    Problem<"project-not-found" | "label-not-found" | "metadata-invalid">
  >
> {
  const { entries } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const seen = new Set<number>();
  for (const { label, set } of entries) {
    const fault = checkValues(`Label ${label}`, set);
    if (!fault.ok) return fault;
    if (seen.has(label))
      return err({
        type: "metadata-invalid",
        what: `Label ${label} is named twice in one request.`,
        kept,
        next: "Say all that changes of a label in one entry.",
      });
    seen.add(label);
  }

  return attempt(engine.db, async (db) => {
    const ids = entries.map(({ label }) => label);
    // Locked in order of id, so that two requests never wait for each other.
    const { rows: locked } = await sql<{ id: number }>`
      select id from labels where project_id = ${project.value.id} and id = any(${ids}::bigint[])
      order by id for update`.execute(db);
    const there = new Set(locked.map(({ id }) => id));
    const missing = ids.find((id) => !there.has(id));
    if (missing !== undefined)
      return err({
        type: "label-not-found",
        what: `The project “${input.project}” has no label with the id ${missing}.`,
        kept,
        next: "Read the records again: the label may have been deleted.",
      });
    const { rows } = await sql<{ id: number; bytes: number }>`
      update labels set metadata = case when changed.own = '{}' then labels.metadata - 'user'
          else labels.metadata || jsonb_build_object('user', changed.own) end
      from (
        select labels.id, coalesce(labels.metadata -> 'user', '{}') as before,
          (coalesce(labels.metadata -> 'user', '{}')
            - array(select jsonb_array_elements_text(entry.removed))) || entry.added as own
        from unnest(
          ${ids}::bigint[],
          ${entries.map(({ set }) => JSON.stringify(set))}::jsonb[],
          ${entries.map(({ remove }) => JSON.stringify(remove))}::jsonb[]
        ) as entry (id, added, removed)
        join labels on labels.id = entry.id
      ) as changed
      where labels.id = changed.id and changed.before <> changed.own
      returning labels.id, octet_length(changed.own::text) as bytes`.execute(db);
    const large = rows.find(({ bytes }) => bytes > largestMetadata);
    if (large) return tooLarge(`Label ${large.id}`, large.bytes);
    const report = { changed: rows.length, unchanged: entries.length - rows.length };
    engine.log.info({ project: input.project, ...report, by: actor.name }, "label metadata set");
    return ok(report);
  });
}

const kept = "No metadata was changed.";
