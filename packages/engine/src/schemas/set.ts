import {
  canonicalJson,
  err,
  faultInRenames,
  ok,
  type Problem,
  type Renames,
  type Result,
  type SchemaDocument,
  type SchemaVersion,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import type { Database } from "../store/database.ts";
import { mapLabels } from "./map-labels.ts";
import { countOrphans, type Orphans } from "./orphans.ts";
import { selectVersions } from "./select.ts";

/** A schema to be stored. */
export interface NewSchema {
  readonly project: string;
  readonly document: SchemaDocument;
  /** Options of the version before that have other values now; labels with them are mapped. */
  readonly rename?: Renames | undefined;
  /** Labels that the new schema has no place for may stay behind. */
  readonly orphan?: boolean | undefined;
}

/** A stored version, and what storing it did to the labels there are. */
export interface StoredSchema extends SchemaVersion {
  /** False where the document is the newest version's already: then nothing was stored. */
  readonly changed: boolean;
  /** Labels that say a renamed option's new value now. */
  readonly mapped: number;
  /** Labels that are no labels of this version; they keep their value and their version. */
  readonly orphaned: number;
}

type Refused = Problem<"schema-invalid" | "labels-in-use" | "label-at-work">;

/**
 * Stores a new schema version, and maps the labels whose options it renames, all or nothing. A document that is the
 * newest version's already stores nothing. Where labels would be left without a place it is refused with their number,
 * unless they may be.
 */
export async function set(
  engine: Engine,
  actor: Actor,
  { project: name, document, rename = {}, orphan = false }: NewSchema,
): Promise<Result<StoredSchema, Problem<"project-not-found"> | Refused>> {
  return engine.db.transaction().execute(async (db) => {
    const project = await findProject(db, name);
    if (!project.ok) return project;
    const id = project.value.id;
    const renames = Object.entries(rename).filter(([, options]) => Object.keys(options).length > 0);
    await takeTurn(db, id, renames.length > 0);

    const newest = await selectVersions(db, id).limit(1).executeTakeFirst();
    if (newest !== undefined && canonicalJson(newest.document) === canonicalJson(document))
      return ok({ ...newest, changed: false, mapped: 0, orphaned: 0 });
    const checked = await checkRenames(db, id, newest?.document, document, renames);
    if (!checked.ok) return checked;
    const orphans = newest ? await countOrphans(db, id, newest.document, document, rename) : [];
    const orphaned = orphans.reduce((sum, { n }) => sum + n, 0);
    if (orphaned > 0 && !orphan) return inUse(orphans, orphaned);

    const stored = await db
      .insertInto("schema_versions")
      .values({
        project_id: id,
        version: (newest?.version ?? 0) + 1,
        document: JSON.stringify(document),
        renames: JSON.stringify(Object.fromEntries(renames)),
        created_by: actor.name,
      })
      .returning([
        "version",
        "document",
        "renames",
        "created_at as createdAt",
        "created_by as createdBy",
      ])
      .executeTakeFirstOrThrow();
    let mapped = 0;
    for (const [label, options] of renames) {
      const definition = document.labels.find((one) => one.name === label);
      if (definition)
        mapped += await mapLabels(db, {
          project: id,
          definition,
          renames: options,
          version: stored.version,
        });
    }
    return ok({ ...stored, changed: true, mapped, orphaned });
  });
}

/**
 * Two that set a schema at once take turns, so that versions are numbered without a gap. Who maps labels keeps jobs and
 * imports from storing any meanwhile, since those would be in the former words.
 */
async function takeTurn(db: Kysely<Database>, id: number, maps: boolean): Promise<void> {
  const project = db.selectFrom("projects").select("id").where("id", "=", id);
  if (!maps) {
    await project.forNoKeyUpdate().execute();
    return;
  }
  await project.forUpdate().execute();
  await sql`select from jobs where project_id = ${id} order by id for update`.execute(db);
}

async function checkRenames(
  db: Kysely<Database>,
  project: number,
  from: SchemaDocument | undefined,
  to: SchemaDocument,
  renames: readonly (readonly [string, Renames[string]])[],
): Promise<Result<void, Refused>> {
  if (renames.length === 0) return ok(undefined);
  const kept = "The schema in force stays as it is, and so do all labels.";
  const fault = faultInRenames(from, to, Object.fromEntries(renames));
  if (fault !== undefined)
    return err({
      type: "schema-invalid",
      what: `The options cannot be renamed: ${fault}.`,
      kept,
      next: 'A rename looks like {"sentiment": {"neg": "negative"}}: label, former value, new value.',
    });
  const { rows } = await sql<{ id: number }>`
    select id from jobs where project_id = ${project} and state in ('preparing', 'running')
      and label_names && ${renames.map(([name]) => name)}::text[] order by id limit 1`.execute(db);
  const [job] = rows;
  if (!job) return ok(undefined);
  return err({
    type: "label-at-work",
    what: `Job ${job.id} is making labels with the options that are to be renamed.`,
    kept,
    next: `Wait until it is done, or cancel it: countersign job cancel ${job.id}`,
  });
}

const counted = (n: number): string => `${n.toLocaleString("en")} ${n === 1 ? "label" : "labels"}`;

function inUse(orphans: readonly Orphans[], all: number) {
  const why = orphans
    .slice(0, 5)
    .map(({ label, because, n }) => `${counted(n)}, since “${label}” ${because}`)
    .join("; ");
  return err<Problem<"labels-in-use">>({
    type: "labels-in-use",
    what: `The new schema would orphan ${counted(all)}: ${why}${orphans.length > 5 ? "; and more" : ""}.`,
    kept: "The schema in force stays as it is, and so do all labels.",
    next: "Rename what is only called otherwise now, so that its labels are mapped; or say that these labels may be left behind: they keep their value and the version they were made with.",
  });
}
