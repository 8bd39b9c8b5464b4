import {
  canonicalValue,
  type Evaluation,
  err,
  evaluate,
  type Job,
  type LabelDefinition,
  type LabelValue,
  ok,
  type Problem,
  type Result,
  readValue,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import {
  countByColumn,
  countByGoldLabel,
  countExamples,
  mostPairs,
  type Pair,
} from "./counting.ts";

export interface CompareInput {
  readonly project: string;
  readonly job: number;
  /** May be left out where the job has one label. */
  readonly label?: string | undefined;
  /** An imported column with the truth; the gold labels if left out. */
  readonly gold?: string | undefined;
}

type NotPossible = Problem<"compare-not-possible">;

/**
 * Measures a job's labels of one name against the truth, over all items of the job whose truth is known. The cells of a
 * column are read as an import reads gold. Records whose text is an example in the agent's prompt are left out. Of a multiple choice only the whole list is right or wrong.
 */
export async function compare(
  engine: Engine,
  input: CompareInput,
): Promise<Result<Evaluation, Problem<"project-not-found" | "job-not-found"> | NotPossible>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const job = await findJob(engine.db, project.value, input.job);
  if (!job.ok) return job;
  const definition = await chooseLabel(engine, project.value, job.value, input.label);
  if (!definition.ok) return definition;
  const counted = await countTruths(engine, project.value, job.value, definition.value, input.gold);
  if (!counted.ok) return counted;

  const { known, unknown } = counted.value;
  const single = definition.value.kind === "single";
  return ok(
    evaluate({
      label: definition.value.name,
      job: input.job,
      options: single ? definition.value.options.map((option) => option.value) : [],
      pairs: known.map(({ truth, predicted, n }) => ({
        gold: written(truth),
        predicted: predicted === null ? null : written(predicted),
        n,
      })),
      examples: await countExamples(engine.db, project.value, job.value.id),
      unknownGold: unknown,
    }),
  );
}

/** The label meant, as the schema of the job has it. */
async function chooseLabel(
  { db }: Engine,
  project: ProjectReference,
  job: Job,
  asked: string | undefined,
): Promise<Result<LabelDefinition, NotPossible>> {
  const named = job.labels.map((label) => `“${label}”`).join(", ");
  const name = asked ?? job.labels[0];
  if (asked === undefined && job.labels.length > 1)
    return notPossible(
      `Job ${job.id} has several labels: ${named}.`,
      "Say which one: --label NAME",
    );
  const { document } = await db
    .selectFrom("schema_versions")
    .select("document")
    .where("project_id", "=", project.id)
    .where("version", "=", job.schemaVersion)
    .executeTakeFirstOrThrow();
  const definition = document.labels.find((label) => label.name === name);
  if (definition && job.labels.includes(definition.name)) return ok(definition);
  return notPossible(`Job ${job.id} has no label “${name}”.`, `It has: ${named}.`);
}

interface Counted {
  readonly known: readonly Pair<LabelValue>[];
  /** Truths that are no value of the label. */
  readonly unknown: readonly { value: string; n: number }[];
}

async function countTruths(
  engine: Engine,
  project: ProjectReference,
  job: Job,
  definition: LabelDefinition,
  column: string | undefined,
): Promise<Result<Counted, NotPossible>> {
  const { columns } = await engine.db
    .selectFrom("projects")
    .select("columns")
    .where("id", "=", project.id)
    .executeTakeFirstOrThrow();
  const choice = `The imported columns are: ${columns.map((name) => `“${name}”`).join(", ")}.`;
  if (column === undefined) {
    const pairs = await countByGoldLabel(engine.db, project, job.id, definition.name);
    if (pairs.length === 0)
      return notPossible(
        `No record of job ${job.id} has gold for the label “${definition.name}”.`,
        `Name a column that holds the truth, or import gold again with a mapping. ${choice}`,
      );
    return sortTruths(pairs, (truth) => canonicalValue(definition, truth), definition, choice);
  }
  if (!columns.includes(column))
    return notPossible(`No imported file had a column “${column}”.`, choice);
  const pairs = await countByColumn(engine.db, project, job.id, definition.name, column);
  if (pairs.length === 0)
    return notPossible(`The column “${column}” is empty in all records of job ${job.id}.`, choice);
  if (pairs.length > mostPairs)
    return notPossible(`The column “${column}” has too many different values for a label.`, choice);
  return sortTruths(pairs, (cell) => readValue(definition, cell), definition, choice);
}

function sortTruths<Truth extends LabelValue>(
  pairs: readonly Pair<Truth>[],
  read: (truth: Truth) => LabelValue | undefined,
  definition: LabelDefinition,
  choice: string,
): Result<Counted, NotPossible> {
  const known: Pair<LabelValue>[] = [];
  const unknown = new Map<string, number>();
  for (const { truth, predicted, n } of pairs) {
    const value = read(truth);
    if (value !== undefined) known.push({ truth: value, predicted, n });
    else unknown.set(written(truth), (unknown.get(written(truth)) ?? 0) + n);
  }
  const list = [...unknown].map(([value, n]) => ({ value, n }));
  if (known.length > 0) return ok({ known, unknown: list });
  const examples = list.slice(0, 3).map(({ value }) => `“${value.slice(0, 60)}”`);
  return notPossible(
    `None of the gold values is an option of the label “${definition.name}”: ${examples.join(", ")}${list.length > 3 ? ", …" : ""}.`,
    choice,
  );
}

/** A list of values is one value here, written as JSON. */
const written = (value: LabelValue): string =>
  typeof value === "string" ? value : JSON.stringify(value);

const notPossible = (what: string, next: string) =>
  err<NotPossible>({ type: "compare-not-possible", what, next });
