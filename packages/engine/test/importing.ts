import {
  ColumnMapping,
  type FileReading,
  type ImportReport,
  ImportRules,
  type Problem,
} from "@countersign/core";
import { expect } from "vitest";
import type { z } from "zod";
import { given } from "../../../test/given.ts";
import type { Actor, Engine } from "../src/index.ts";
import { projects, records } from "../src/index.ts";

export const ann: Actor = { name: "ann", how: "local" };
export const ben: Actor = { name: "ben", how: "local" };

export interface Import extends FileReading {
  readonly rules?: z.input<typeof ImportRules>;
  readonly name?: string;
  readonly mapping?: z.input<typeof ColumnMapping>;
  /** Bytes that come at once. */
  readonly chunk?: number;
}

let made = 0;

/** A project of a test's own, empty. */
export async function freshProject(engine: Engine): Promise<string> {
  made += 1;
  return given(await projects.create(engine, ann, { name: `project-${made}` })).name;
}

/**
 * Imports a file that is in memory, in small chunks; key and text come from the columns `id` and `text` unless said. It is
 * CSV unless a format is named; `format: undefined` has it found out.
 */
export function importing(
  engine: Engine,
  project: string,
  file: string | Uint8Array,
  { mapping, rules = {}, name = "file", chunk, ...reading }: Import = {},
) {
  return records.importFile(engine, ann, {
    project,
    name,
    reading: { ...("format" in reading ? {} : { format: "csv" }), ...reading },
    rules: ImportRules.parse(rules),
    mapping: ColumnMapping.parse(mapping ?? { key: "id", text: "text" }),
    body: inChunks(file, chunk),
  });
}

/** What an import reports that must succeed. */
export const imported = async (...args: Parameters<typeof importing>): Promise<ImportReport> =>
  given(await importing(...args));

/** The problem that an import ends in, after making sure that it left the project as it was. */
export async function refused(...args: Parameters<typeof importing>): Promise<Problem> {
  const [engine, project] = args;
  const before = await everythingIn(engine, project);
  const result = await importing(...args);
  expect(await everythingIn(engine, project)).toEqual(before);
  if (result.ok) throw new Error("the file was imported");
  return result.error;
}

/** A project's records as stored, in order of id. */
export const storedRecords = (engine: Engine, project: string) =>
  engine.db
    .selectFrom("records")
    .innerJoin("projects", "projects.id", "records.project_id")
    .select(["key", "content", "source", "metadata", "records.created_by"])
    .where("projects.name", "=", project)
    .orderBy("records.id")
    .execute();

/** A project's gold labels as stored, in order of id. */
export const storedGold = (engine: Engine, project: string) =>
  engine.db
    .selectFrom("labels")
    .innerJoin("annotators", "annotators.id", "labels.annotator_id")
    .innerJoin("records", "records.id", "labels.record_id")
    .innerJoin("projects", "projects.id", "labels.project_id")
    .select(["key", "labels.name", "value", "schema_version", "kind"])
    .where("projects.name", "=", project)
    .orderBy("labels.id")
    .execute();

async function everythingIn(engine: Engine, project: string) {
  const columns = await engine.db
    .selectFrom("projects")
    .select("columns")
    .where("name", "=", project)
    .execute();
  return [columns, await storedRecords(engine, project), await storedGold(engine, project)];
}

async function* inChunks(file: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(file);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
