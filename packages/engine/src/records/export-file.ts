import { type Condition, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject } from "../projects/index.ts";
import { csvHeader, csvLine, type Formulas } from "./export/csv.ts";
import { readFrame } from "./export/facts.ts";
import { jsonLine } from "./export/json-lines.ts";
import { readRows, type Selection } from "./export/snapshot.ts";
import { checkCondition } from "./searching.ts";

export interface ExportInput {
  readonly project: string;
  readonly format: "jsonl" | "csv";
  /** The records to export; all if left out. */
  readonly where?: Condition | undefined;
  /** Whose model labels; for each label the newest job that gave one if left out. */
  readonly job?: number | undefined;
  /** What becomes of CSV cells that a spreadsheet would run. */
  readonly formulas: Formulas;
}

/**
 * Exports records in order of id with their labels, the final one and where it comes from, as they are at the moment of
 * the first read: two exports of the same state are the same bytes. The text comes in chunks, as fast as they are
 * taken; who stops early lets go of everything.
 */
export async function exportFile(
  engine: Engine,
  { project: name, format, where, job, formulas }: ExportInput,
): Promise<
  Result<AsyncIterable<string>, Problem<"project-not-found" | "search-invalid" | "job-not-found">>
> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  if (job !== undefined) {
    const found = await findJob(engine.db, project.value, job);
    if (!found.ok) return found;
  }
  const checked = await checkCondition(engine.db, where);
  if (!checked.ok) return checked;
  return ok(write(engine, { projectId: project.value.id, where, job }, format, formulas));
}

const chunkLength = 65_536;

async function* write(
  engine: Engine,
  selection: Selection,
  format: "jsonl" | "csv",
  formulas: Formulas,
): AsyncGenerator<string> {
  const snapshot = await engine.db
    .startTransaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute();
  try {
    const frame = await readFrame(snapshot, selection.projectId);
    let chunk = format === "csv" ? csvHeader(frame, formulas) : "";
    for await (const rows of readRows(snapshot, selection))
      for (const row of rows) {
        chunk += format === "csv" ? csvLine(row, frame, formulas) : jsonLine(row, frame);
        if (chunk.length < chunkLength) continue;
        yield chunk;
        chunk = "";
      }
    if (chunk !== "") yield chunk;
  } finally {
    // Nothing was written; this only gives the connection back.
    await snapshot.rollback().execute();
  }
}
