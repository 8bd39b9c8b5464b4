import {
  diffSchemas,
  ok,
  type Problem,
  type Result,
  type SchemaChange,
  type SchemaVersion,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { selectVersions } from "./select.ts";

/** A version with what it changed against the one before, in words; the first changed nothing. */
export interface ChangedVersion extends SchemaVersion {
  readonly changes: SchemaChange[];
}

/** All schema versions, newest first. */
export async function history(
  engine: Engine,
  { project: name }: { readonly project: string },
): Promise<Result<{ items: ChangedVersion[] }, Problem<"project-not-found">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const versions = await selectVersions(engine.db, project.value.id).execute();
  const items = versions.map((version, index) => {
    const before = versions[index + 1];
    const changes = before ? diffSchemas(before.document, version.document, version.renames) : [];
    return { ...version, changes };
  });
  return ok({ items });
}
