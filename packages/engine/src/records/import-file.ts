import {
  type ColumnMapping,
  err,
  type ImportFormat,
  type ImportReport,
  ok,
  type Problem,
  type Result,
  type SchemaVersion,
} from "@countersign/core";
import type { ClientBase } from "pg";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { notFound } from "../projects/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { findSchema } from "../schemas/index.ts";
import { inTransaction } from "../store/transaction.ts";
import { readDelimited } from "./file/delimited.ts";
import { readJsonLines } from "./file/json-lines.ts";
import { rejectConflicts, rejectDuplicates, rejectGoldConflicts } from "./import/comparing.ts";
import type { ImportPlan } from "./import/mapping.ts";
import { addColumns, addGold, addRecords, countRepeatedTexts } from "./import/moving.ts";
import { FileReading } from "./import/reading.ts";
import { quoted } from "./import/rejections.ts";
import { createStaging, fillStaging } from "./import/staging.ts";

export interface ImportInput {
  readonly project: string;
  readonly format: ImportFormat;
  readonly mapping: ColumnMapping;
  readonly delimiter?: string | undefined;
  readonly body: AsyncIterable<Uint8Array>;
}

type ImportProblem = Problem<"project-not-found" | "schema-missing" | "import-rejected">;

/**
 * Imports a file: all of its rows, or none. A row whose key the project has already with the same text and columns is
 * left as it is, so that a file, or a longer one, can be imported again. The file is read as it comes, once.
 */
export async function importFile(
  engine: Engine,
  actor: Actor,
  { project: name, format, mapping, delimiter, body }: ImportInput,
): Promise<Result<ImportReport, ImportProblem>> {
  const started = performance.now();
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const wantsGold = Object.keys(mapping.gold).length > 0;
  const schema = wantsGold ? await findSchema(engine.db, project.value) : ok(undefined);
  if (!schema.ok) return schema;
  const plan = planImport(mapping, schema.value);
  if (!plan.ok) return plan;

  if (delimiter !== undefined && /["\r\n]/.test(delimiter))
    return err(
      refused("cells cannot be parted by a quote or a line break.", "Name another delimiter."),
    );

  const reading = new FileReading(plan.value);
  const parts =
    format === "jsonl"
      ? readJsonLines(body)
      : readDelimited(body, delimiter ?? (format === "tsv" ? "\t" : ","));

  const report = await inTransaction(
    engine.pool,
    async (client): Promise<Result<ImportReport, ImportProblem>> => {
      await createStaging(client);
      await fillStaging(client, reading.stagedRows(parts));
      if (!(await lockProject(client, project.value)))
        return err(await notFound(engine.db, project.value.name));

      const { rejections } = reading;
      await rejectDuplicates(client, rejections, mapping.key);
      await rejectConflicts(client, rejections, project.value.id);
      if (wantsGold) await rejectGoldConflicts(client, rejections, project.value.id);
      if (rejections.count > 0) return err(rejections.problem());

      const { id } = project.value;
      const repeatedTexts = await countRepeatedTexts(client, id);
      const added = await addRecords(client, id, actor);
      const goldLabels = schema.value ? await addGold(client, id, schema.value.version) : 0;
      await addColumns(client, id, reading.columns);
      return ok({
        rows: reading.rows,
        added,
        unchanged: reading.rows - added,
        repeatedTexts,
        goldLabels,
        columns: [...reading.columns],
        seconds: (performance.now() - started) / 1000,
      });
    },
  );
  if (report.ok) await settle(engine, report.value.added);
  return report;
}

/** What is wrong with what was asked, not with the file. */
const refused = (why: string, next: string): Problem<"import-rejected"> => ({
  type: "import-rejected",
  what: `The file was not imported: ${why}`,
  kept: "Nothing of it was stored; the project is as it was.",
  next,
});

/** Says which labels there is gold for, by the newest schema. */
function planImport(
  mapping: ColumnMapping,
  schema: SchemaVersion | undefined,
): Result<ImportPlan, Problem<"import-rejected">> {
  const labels = schema?.document.labels ?? [];
  const gold: ImportPlan["gold"][number][] = [];
  for (const [name, column] of Object.entries(mapping.gold)) {
    const definition = labels.find((label) => label.name === name);
    if (!definition)
      return err(
        refused(
          `gold is mapped for a label ${quoted(name)}, which the schema does not have.`,
          `Map gold for ${labels.map((label) => quoted(label.name)).join(" or ")}.`,
        ),
      );
    gold.push({ definition, column });
  }
  return ok({ mapping, gold });
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
async function settle(engine: Engine, added: number): Promise<void> {
  if (added < many) return;
  await engine.pool.query("select gin_clean_pending_list('records_content_trigrams')");
  await engine.pool.query("analyze records");
}
