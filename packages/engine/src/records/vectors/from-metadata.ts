import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Actor } from "../../actor.ts";
import type { Engine } from "../../engine.ts";
import { findProject } from "../../projects/index.ts";
import type { Database } from "../../store/database.ts";

/** More numbers than any embedding model gives. */
const longestVector = 8192;

export interface VectorsReport {
  readonly name: string;
  /** Records that have such a vector now. */
  readonly records: number;
  /** Numbers in each. */
  readonly length: number;
}

/**
 * Keeps the lists of numbers that records have in their metadata under a name as vectors of that name, which similar
 * records are then found by. Vectors kept under the name before are replaced: all, or none where a list is no vector.
 */
export async function vectorsFromMetadata(
  engine: Engine,
  actor: Actor,
  { project: name, metadata }: { readonly project: string; readonly metadata: string },
): Promise<Result<VectorsReport, Problem<"project-not-found" | "vectors-invalid">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const { id } = project.value;
  return engine.db
    .transaction()
    .setIsolationLevel("repeatable read")
    .execute(async (db) => {
      const length = await commonLength(db, id, metadata);
      if (!length.ok) return length;
      const there = await db
        .selectFrom("embeddings")
        .select("model")
        .where("project_id", "=", id)
        .where("name", "=", metadata)
        .executeTakeFirst();
      if (there?.model)
        return invalid(
          `The vectors “${metadata}” are computed by a model.`,
          `Delete them before others take their name: countersign embeddings delete ${metadata}`,
        );
      await db
        .deleteFrom("embeddings")
        .where("project_id", "=", id)
        .where("name", "=", metadata)
        .execute();
      await db
        .insertInto("embeddings")
        .values({ project_id: id, name: metadata, state: "done", created_by: actor.name })
        .execute();
      // A number too small for 32 bits is nothing beside the others; the cast would refuse it.
      const { numAffectedRows = 0n } = await sql`
        insert into vectors (project_id, name, record_id, numbers)
        select ${id}, ${metadata}, id, (
          select string_agg(
            float4send(case when abs(number::float8) < 1e-37 then 0 else number::float8 end::real),
            ''::bytea order by place)
          from jsonb_array_elements_text(metadata -> ${metadata}::text)
            with ordinality as list (number, place))
        from records where ${hasList(id, metadata)}`.execute(db);
      await db
        .updateTable("embeddings")
        .set({ total: Number(numAffectedRows), finished_at: sql`now()` })
        .where("project_id", "=", id)
        .where("name", "=", metadata)
        .execute();
      const report = { name: metadata, records: Number(numAffectedRows), length: length.value };
      engine.log.info({ project: name, ...report, by: actor.name }, "vectors kept");
      return ok(report);
    });
}

const hasList = (projectId: number, name: string) => sql`project_id = ${projectId}
  and jsonb_typeof(metadata -> ${name}::text) = 'array'`;

async function commonLength(
  db: Kysely<Database>,
  projectId: number,
  name: string,
): Promise<Result<number, Problem<"vectors-invalid">>> {
  const first = await sql<{ length: number }>`
    select jsonb_array_length(metadata -> ${name}::text) as length from records
    where ${hasList(projectId, name)} order by id limit 1`.execute(db);
  const length = first.rows[0]?.length;
  if (length === undefined)
    return invalid(
      `No record has a list of numbers named “${name}” in its metadata.`,
      "Import them as metadata, from JSON Lines: countersign records import --metadata NAME",
    );
  if (length === 0 || length > longestVector)
    return invalid(
      `The first list named “${name}” has ${length} numbers; a vector has 1 to ${longestVector}.`,
      "Import vectors of a usual length.",
    );
  const wrong = await sql<{ key: string; length: number }>`
    select key, jsonb_array_length(metadata -> ${name}::text) as length from records
    where ${hasList(projectId, name)} and (
      jsonb_array_length(metadata -> ${name}::text) <> ${length}
      or exists (select from jsonb_array_elements(metadata -> ${name}::text) as number
        where case when jsonb_typeof(number) = 'number'
          then abs(number::text::numeric) > 1e37 else true end))
    order by id limit 1`.execute(db);
  const [record] = wrong.rows;
  if (!record) return ok(length);
  return invalid(
    record.length === length
      ? `The list “${name}” of the record “${record.key}” holds something that is no number, or one too large.`
      : `The list “${name}” of the record “${record.key}” has ${record.length} numbers, the first one ${length}.`,
    "Give every vector of a name as many plain numbers.",
  );
}

const invalid = (what: string, next: string) =>
  err<Problem<"vectors-invalid">>({
    type: "vectors-invalid",
    what,
    kept: "The vectors kept before are unchanged.",
    next,
  });
