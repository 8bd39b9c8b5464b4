import { err, ok, type Problem, type RecordDetail, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { changesOf } from "../labels/changes.ts";
import { findProject } from "../projects/index.ts";
import { selectVerifications } from "../verifications/select.ts";
import { reviewLabels, toLabels } from "./review-labels.ts";
import { staying } from "./staying.ts";

/** One record with its source columns, its labels, all verdicts on them and what they said before renames, oldest first; gold left out. */
export async function get(
  engine: Engine,
  { project: name, record: id }: { readonly project: string; readonly record: number },
): Promise<Result<RecordDetail, Problem<"project-not-found" | "record-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const found = await engine.db
    .selectFrom("records")
    .select([
      "id",
      "key",
      "content",
      "content_kind as kind",
      "turns",
      "source",
      "metadata",
      "created_at as createdAt",
      reviewLabels(engine.db).as("labels"),
    ])
    .where("project_id", "=", project.value.id)
    .where("id", "=", id)
    .where(staying())
    .executeTakeFirst();
  if (!found)
    return err({
      type: "record-not-found",
      what: `The project “${name}” has no record with the id ${id}.`,
      next: "Find it by its key, or by what it says: countersign records search",
    });
  const record = { ...found, labels: toLabels(found.labels) };
  const changes = await changesOf(engine.db, [id]);
  const anyOfThese = sql<number>`any(${record.labels.map((label) => label.id)}::bigint[])`;
  const verifications = await selectVerifications(engine.db)
    .where("label_id", "=", anyOfThese)
    .orderBy("id")
    .execute();
  const former = await engine.db
    .selectFrom("label_mappings")
    .select([
      "label_id as label",
      "value",
      "verified_value as verified",
      "to_version as until",
      "mapped_at as at",
    ])
    .where("label_id", "=", anyOfThese)
    .orderBy("to_version")
    .orderBy("label_id")
    .execute();
  return ok({ ...record, verifications, changes, former });
}
