import {
  type ChosenReading,
  type ColumnMapping,
  err,
  type FileReading,
  type ImportReport,
  type ImportRules,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { ClientBase } from "pg";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { importLocks } from "../imports/select.ts";
import { notFound } from "../projects/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { inTransaction } from "../store/transaction.ts";
import { openFile } from "./file/open.ts";
import { compareKeys, compareRecords, joinSameTexts, requireRecords } from "./import/comparing.ts";
import { compareLabels, stageLabels } from "./import/comparing-labels.ts";
import { countFaults, problemOf } from "./import/faults.ts";
import { waitForKeys } from "./import/going.ts";
import { columnsAsked, type ImportPlan } from "./import/mapping.ts";
import { moveRows } from "./import/moving.ts";
import { planImport, refused, wantsLabels } from "./import/plan.ts";
import { FileContents } from "./import/reading.ts";
import { keepRejections, keepReport } from "./import/record.ts";
import { createStaging, fillStaging } from "./import/staging.ts";

export interface ImportInput {
  readonly project: string;
  /** The file's name. */
  readonly name: string;
  readonly reading: FileReading;
  readonly mapping: ColumnMapping;
  readonly rules: ImportRules;
  readonly body: AsyncIterable<Uint8Array>;
  /** The import that the file came with, where it came in parts. */
  readonly importId?: number | undefined;
}

type ImportProblem = Problem<"project-not-found" | "schema-missing" | "import-rejected">;

/**
 * Imports a file: all of its rows that the rules take, or none. A row whose key the project has already with the same
 * content and columns is left as it is, so that a file, or a longer one, can be imported again. The file is read as it
 * comes, once. What was done is kept as an import, its rejected rows too, whether or not it was refused for them.
 */
export async function importFile(
  engine: Engine,
  actor: Actor,
  input: ImportInput,
): Promise<Result<ImportReport, ImportProblem>> {
  const { project: name, reading, mapping } = input;
  const started = performance.now();
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const schema = await findSchema(engine.db, project.value);
  if (!schema.ok && wantsLabels(mapping)) return schema;
  const version = schema.ok ? schema.value : undefined;
  const plan = planImport(mapping, version?.document.labels ?? []);
  if (!plan.ok) return plan;
  const { delimiter } = reading;
  if (delimiter !== undefined && /["\r\n]/.test(delimiter))
    return err(
      refused("cells cannot be parted by a quote or a line break.", "Name another delimiter."),
    );

  const asked = columnsAsked(plan.value);
  await using file = await openFile({ ...input, asked });
  const contents = new FileContents(plan.value);
  const act: Act = {
    ...input,
    engine,
    actor,
    plan: plan.value,
    contents,
    file: file.reading,
    in: project.value,
    schemaVersion: version?.version ?? 0,
    started,
  };
  const outcome = await inTransaction(engine.pool, async (client): Promise<Staged> => {
    if (!(await takeTurn(client, input.importId)))
      return err(
        refused(
          "it is being imported already.",
          "Wait until that is done, and look what came of it.",
        ),
      );
    await createStaging(client);
    await fillStaging(client, contents.rowsOf(file.parts));
    await waitForKeys(client, project.value.id, mapping.key);
    if (!(await lockProject(client, project.value)))
      return err(await notFound(engine.db, project.value.name));
    return ok(await settleRows(client, act));
  });
  if (!outcome.ok) return outcome;
  if (outcome.value.ok) await settle(engine, outcome.value.value);
  return outcome.value;
}

/** Lets nobody else import the same sent file meanwhile; who looks at it sees that it is at work. */
async function takeTurn(client: ClientBase, importId: number | undefined): Promise<boolean> {
  if (importId === undefined) return true;
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_xact_lock($1, $2) as taken",
    [importLocks, importId],
  );
  return rows[0]?.taken ?? false;
}

/** What the transaction is kept with, a refused file's rejections too; or why there is nothing to keep. */
type Staged = Result<Result<ImportReport, Problem<"import-rejected">>, ImportProblem>;

/** An import under way. */
interface Act extends ImportInput {
  readonly engine: Engine;
  readonly actor: Actor;
  readonly plan: ImportPlan;
  readonly contents: FileContents;
  readonly file: ChosenReading;
  readonly in: ProjectReference;
  readonly schemaVersion: number;
  readonly started: number;
}

/** Compares the staged rows and moves them, or keeps why they are not moved; either is kept by the transaction. */
async function settleRows(
  client: ClientBase,
  act: Act,
): Promise<Result<ImportReport, Problem<"import-rejected">>> {
  const { plan, rules, contents, file, mapping } = act;
  const projectId = act.in.id;
  const comparing = { projectId, rules, keyColumn: mapping.key };
  if (plan.content) {
    await compareKeys(client, comparing);
    await compareRecords(client, comparing);
    if (rules.sameTexts === "merge") await joinSameTexts(client, comparing);
  } else await requireRecords(client, comparing);
  const labelled = plan.gold.length + plan.labels.length > 0 || file.layout !== "table";
  if (labelled) {
    await stageLabels(client);
    await compareLabels(client, projectId, rules);
  }

  const faults = await countFaults(client);
  const nothing = faults > 0 && (!contents.whole || contents.rows === 0);
  if (faults > 0 && (rules.badRows === "refuse" || nothing)) {
    const importId = rules.dryRun
      ? undefined
      : await keepRejections(client, { ...act, projectId, state: "rejected" });
    const word = file.format === "xlsx" || file.format === "parquet" ? "Row" : "Line";
    return err(await problemOf(client, faults, word, importId));
  }

  await client.query("savepoint unmoved");
  const importId = rules.dryRun
    ? null
    : await keepRejections(client, { ...act, projectId, state: "imported" });
  const moved = await moveRows(client, { ...act, projectId, importId, labelled });
  const report: ImportReport = {
    import: importId,
    rows: contents.rows,
    ...moved,
    rejected: faults === 0 ? 0 : await rejectedRows(client),
    leftOut: { ...contents.leftOut },
    columns: [...contents.columns],
    reading: file,
    seconds: (performance.now() - act.started) / 1000,
  };
  if (importId === null) await client.query("rollback to savepoint unmoved");
  else await keepReport(client, importId, report);
  return ok(report);
}

async function rejectedRows(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ n: number }>("select count(distinct n) as n from faults");
  return rows[0]?.n ?? 0;
}

/**
 * Lets imports into one project take turns, so that none meets keys that another is adding, and keeps the project from
 * being deleted meanwhile. False where it has been.
 */
async function lockProject(client: ClientBase, { id }: ProjectReference): Promise<boolean> {
  const { rowCount } = await client.query("select from projects where id = $1 for no key update", [
    id,
  ]);
  return rowCount === 1;
}

/** Fewer new records change no plan and leave little to be merged into the index. */
const many = 10_000;

/** After many new records: merges pending entries into the trigram index and renews the planner's figures. */
async function settle(engine: Engine, report: ImportReport): Promise<void> {
  if (report.import === null) return;
  if (report.labels + report.goldLabels >= many) await engine.pool.query("analyze labels");
  if (report.added + report.updated < many) return;
  await engine.pool.query("select gin_clean_pending_list('records_content_trigrams')");
  await engine.pool.query("analyze records");
}
