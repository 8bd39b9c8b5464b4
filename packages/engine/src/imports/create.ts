import type { Import, Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { get, type ImportNotFound } from "./find.ts";

export interface NewImport {
  readonly project: string;
  readonly name: string;
  /** Bytes that are to come. */
  readonly size: number;
  /** What the sender knows the file by: the same again goes on where it broke off. */
  readonly fingerprint?: string | undefined;
}

/**
 * Begins an import whose bytes come in parts, or finds the one that was begun for the same file by the same person and is
 * not done. What was given up a week ago is cleared away.
 */
export async function create(
  engine: Engine,
  actor: Actor,
  { project: name, name: file, size, fingerprint }: NewImport,
): Promise<Result<Import, ImportNotFound>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const projectId = project.value.id;
  await engine.db
    .deleteFrom("imports")
    .where("project_id", "=", projectId)
    .where("state", "in", ["receiving", "received"])
    .where("created_at", "<", sql<string>`now() - interval '7 days'`)
    .execute();
  if (fingerprint !== undefined) {
    const begun = await engine.db
      .selectFrom("imports")
      .select("id")
      .where("project_id", "=", projectId)
      .where("fingerprint", "=", fingerprint)
      .where("size", "=", size)
      .where("name", "=", file)
      .where("created_by", "=", actor.name)
      .where("state", "in", ["receiving", "received", "rejected"])
      .orderBy("id", "desc")
      .executeTakeFirst();
    if (begun) return get(engine, { project: name, import: begun.id });
  }
  const made = await engine.db
    .insertInto("imports")
    .values({
      project_id: projectId,
      name: file,
      size,
      fingerprint: fingerprint ?? null,
      state: size === 0 ? "received" : "receiving",
      created_by: actor.name,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return get(engine, { project: name, import: made.id });
}
