import { err, ok, type Problem, type Result, labelConfig as written } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { readFrame } from "./export/frame.ts";
import { closeSnapshot, openSnapshot } from "./export/snapshot.ts";

/** The labelling interface for Label Studio that fits a project's export for it, labels of older schemas included. */
export async function labelConfig(
  engine: Engine,
  { project: name }: { readonly project: string },
): Promise<Result<{ config: string }, Problem<"project-not-found" | "schema-missing">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const client = await openSnapshot(engine.pool);
  try {
    const { definitions } = await readFrame(client, project.value.id);
    if (definitions.length > 0) return ok({ config: written(definitions) });
  } finally {
    await closeSnapshot(client);
  }
  return err({
    type: "schema-missing",
    what: `The project “${name}” has no schema yet.`,
    next: `Set one: countersign schema set FILE --project ${name}`,
  });
}
