import { err, ok, type Problem, type RecordDetail, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { changesOf } from "../labels/changes.ts";
import { findProject } from "../projects/index.ts";
import { selectVerifications } from "../verifications/select.ts";
import { reviewLabels } from "./review-labels.ts";

/** One record with its source columns, its labels and all verdicts on them, oldest first; gold left out. */
export async function get(
  engine: Engine,
  { project: name, record: id }: { readonly project: string; readonly record: number },
): Promise<Result<RecordDetail, Problem<"project-not-found" | "record-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const record = await engine.db
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
    ])
    .where("project_id", "=", project.value.id)
    .where("id", "=", id)
    .executeTakeFirst();
  if (!record)
    return err({
      type: "record-not-found",
      what: `The project “${name}” has no record with the id ${id}.`,
      next: "Find it by its key, or by what it says: countersign records search",
    });
  const labels = (await reviewLabels(engine.db, [id])).get(id) ?? [];
  const changes = await changesOf(engine.db, [id]);
  const verifications = await selectVerifications(engine.db)
    .where("label_id", "=", sql<number>`any(${labels.map((label) => label.id)}::bigint[])`)
    .orderBy("id")
    .execute();
  return ok({ ...record, labels, verifications, changes });
}
