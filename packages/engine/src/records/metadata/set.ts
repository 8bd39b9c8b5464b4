import {
  err,
  largestMetadata,
  type MetadataChange,
  ok,
  type Problem,
  type RecordReference,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../../actor.ts";
import type { Engine } from "../../engine.ts";
import { findProject } from "../../projects/index.ts";
import { attempt } from "../../store/attempt.ts";
import { referencedRecords } from "../referenced.ts";
import { checkValues, tooLarge } from "./fault.ts";

/** What is changed of one record's metadata. */
export interface MetadataEntry extends MetadataChange {
  readonly record: RecordReference;
}

/**
 * Sets and removes metadata of records, all of it or none: names that are not spoken of stay as they are. Of two who
 * change the same records at once one comes after the other.
 */
export async function setMetadata(
  engine: Engine,
  actor: Actor,
  input: { readonly project: string; readonly entries: readonly MetadataEntry[] },
): Promise<
  Result<
    { changed: number; unchanged: number },
    Problem<"project-not-found" | "record-not-found" | "metadata-invalid">
  >
> {
  const { entries } = input;
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  for (const { record, set } of entries) {
    const fault = checkValues(nameOf(record), set);
    if (!fault.ok) return fault;
  }
  const ids = await referencedRecords(
    engine.db,
    project.value,
    entries.map(({ record }) => record),
    "No metadata was changed.",
  );
  if (!ids.ok) return ids;
  const twice = firstTwice(ids.value);
  if (twice !== undefined)
    return err({
      type: "metadata-invalid",
      what: `${nameOf(entries[twice]?.record ?? "")} is named twice in one request.`,
      kept: "No metadata was changed.",
      next: "Say all that changes of a record in one entry.",
    });

  return attempt(engine.db, async (db) => {
    // Locked in order of id, so that two requests never wait for each other.
    await sql`select from records where id = any(${ids.value}::bigint[]) order by id for update`.execute(
      db,
    );
    const { rows } = await sql<{ id: number; bytes: number }>`
      update records set metadata = changed.metadata
      from (
        select records.id, (records.metadata
            - array(select jsonb_array_elements_text(entry.removed))) || entry.added as metadata
        from unnest(
          ${ids.value}::bigint[],
          ${entries.map(({ set }) => JSON.stringify(set))}::jsonb[],
          ${entries.map(({ remove }) => JSON.stringify(remove))}::jsonb[]
        ) as entry (id, added, removed)
        join records on records.id = entry.id
      ) as changed
      where records.id = changed.id and records.metadata <> changed.metadata
      returning records.id, octet_length(records.metadata::text) as bytes`.execute(db);
    const large = rows.find(({ bytes }) => bytes > largestMetadata);
    if (large) {
      const entry = entries[ids.value.indexOf(large.id)];
      return tooLarge(nameOf(entry?.record ?? large.id), large.bytes);
    }
    const report = { changed: rows.length, unchanged: entries.length - rows.length };
    engine.log.info({ project: input.project, ...report, by: actor.name }, "metadata set");
    return ok(report);
  });
}

const nameOf = (record: RecordReference): string =>
  typeof record === "number" ? `Record ${record}` : `The record “${record.slice(0, 100)}”`;

function firstTwice(ids: readonly number[]): number | undefined {
  const seen = new Set<number>();
  for (const [place, id] of ids.entries()) {
    if (seen.has(id)) return place;
    seen.add(id);
  }
  return undefined;
}
