import { type ImportedModel, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";

interface Row {
  readonly model: string;
  readonly name: string;
  readonly n: number;
  readonly version: number;
}

/** The models whose labels came with files, by name, with what they gave. */
export async function models(
  engine: Engine,
  input: { readonly project: string },
): Promise<Result<{ models: ImportedModel[] }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const { rows } = await sql<Row>`
    select annotators.name as model, labels.name, count(*) as n, max(labels.schema_version) as version
    from annotators join labels on labels.annotator_id = annotators.id
    where annotators.project_id = ${project.value.id} and annotators.kind = 'model'
    group by annotators.name, labels.name
    order by annotators.name, min(labels.id)`.execute(engine.db);
  return ok({
    models: [...Map.groupBy(rows, ({ model }) => model)].map(([name, given]) => ({
      name,
      labels: given.map((one) => ({ name: one.name, n: one.n, schemaVersion: one.version })),
    })),
  });
}
