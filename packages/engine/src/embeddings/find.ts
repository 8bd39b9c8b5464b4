import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, type Selectable, sql } from "kysely";
import { findProject } from "../projects/index.ts";
import type { Database } from "../store/database.ts";

/** Which vectors are meant, as callers name them. */
export interface EmbeddingReference {
  readonly project: string;
  readonly name: string;
}

export type EmbeddingNotFound = Problem<"project-not-found" | "embedding-not-found">;

/** A project's vectors by name, with counts. */
export const selectEmbeddings = (db: Kysely<Database>, projectId: number) =>
  db
    .selectFrom("embeddings")
    .selectAll()
    .select([
      sql<number>`(select count(*) from vectors where vectors.project_id = embeddings.project_id
        and vectors.name = embeddings.name)`.as("done"),
      sql<number>`(select count(*) from embedding_refusals where embedding_id = embeddings.id)`.as(
        "refused",
      ),
      sql<{ key: string; reason: string; message: string }[]>`(
        select coalesce(json_agg(few), '[]') from (
          select records.key, reason, message from embedding_refusals
          join records on records.id = record_id
          where embedding_id = embeddings.id order by record_id limit 10) as few)`.as("refusals"),
    ])
    .where("project_id", "=", projectId);

export type EmbeddingRow = Selectable<Database["embeddings"]> & {
  readonly done: number;
  readonly refused: number;
  readonly refusals: { key: string; reason: string; message: string }[];
};

/** Finds vectors by their project's name and their own. */
export async function findEmbedding(
  db: Kysely<Database>,
  { project: projectName, name }: EmbeddingReference,
): Promise<Result<EmbeddingRow, EmbeddingNotFound>> {
  const project = await findProject(db, projectName);
  if (!project.ok) return project;
  const row = await selectEmbeddings(db, project.value.id)
    .where("name", "=", name)
    .executeTakeFirst();
  if (row) return ok(row);
  return err({
    type: "embedding-not-found",
    what: `The project “${projectName}” has no vectors named “${name}”.`,
    next: "See those it has: countersign embeddings list",
  });
}
