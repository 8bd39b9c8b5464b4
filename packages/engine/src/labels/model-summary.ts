import { type LabelSummary, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { annotatorId } from "../records/condition.ts";
import { selectVersions } from "../schemas/select.ts";
import { summarise } from "./summarise.ts";

/** An imported model's labels of one name, counted by status, value and confidence; none where it gave none. */
export async function modelSummary(
  { db }: Engine,
  input: { readonly project: string; readonly model: string; readonly label: string },
): Promise<Result<LabelSummary, Problem<"project-not-found">>> {
  const project = await findProject(db, input.project);
  if (!project.ok) return project;
  const { id } = project.value;
  const newest = await selectVersions(db, id).limit(1).executeTakeFirst();
  return ok(
    await summarise(db, {
      annotator: annotatorId(id, { model: input.model }),
      label: input.label,
      definition: newest?.document.labels.find(({ name }) => name === input.label),
    }),
  );
}
