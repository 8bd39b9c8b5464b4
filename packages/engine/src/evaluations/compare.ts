import {
  countedValues,
  type Evaluated,
  type Evaluation,
  err,
  evaluate,
  type Job,
  type LabelDefinition,
  measuring,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { carrierSince } from "../schemas/index.ts";
import { countEach } from "./count-each.ts";
import { countExamples } from "./counting.ts";
import { measureEach } from "./measure-each.ts";

export interface CompareInput {
  readonly project: string;
  readonly job: number;
  /** May be left out where the job has one label. */
  readonly label?: string | undefined;
  /** An imported column with the truth; the gold labels if left out. */
  readonly gold?: string | undefined;
  /** A person whose own labels are taken for the truth, in place of gold. */
  readonly person?: string | undefined;
}

type NotPossible = Problem<"compare-not-possible">;

/**
 * Measures a job's labels of one name against the truth, over all items of the job whose truth is known. The cells of a
 * column are read as an import reads gold. Records whose text is an example in the agent's prompt are left out. Of a
 * multiple choice, a ranking or spans only the whole list is right or wrong; how near the others are, the kind's own
 * measures tell.
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
  if (input.gold !== undefined && input.person !== undefined)
    return notPossible(
      "Either a column or a person holds the truth, not both.",
      "Name one of them.",
    );
  const counted = await countTruths(engine, project.value, job.value, definition.value, input);
  if (!counted.ok) return counted;

  const { pairs, measures, unknown } = counted.value;
  return ok(
    evaluate({
      label: definition.value.name,
      job: input.job,
      options: definition.value.kind === "multiple" ? [] : countedValues(definition.value),
      pairs,
      measures,
      examples: await countExamples(engine.db, project.value, job.value.id),
      unknownGold: unknown,
    }),
  );
}

/** The label meant, as the schema of the job has it, its options as they are called now. */
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
  const carrier = await carrierSince(db, project.id, job.schemaVersion);
  const definition = carrier.definition(name ?? "", job.schemaVersion);
  if (definition && job.labels.includes(definition.name)) return ok(definition);
  return notPossible(`Job ${job.id} has no label “${name}”.`, `It has: ${named}.`);
}

/** What the comparing of values came to. */
interface Counted extends Pick<Evaluated, "pairs" | "measures"> {
  /** Truths that are no value of the label. */
  readonly unknown: readonly { value: string; n: number }[];
}

async function countTruths(
  engine: Engine,
  project: ProjectReference,
  job: Job,
  definition: LabelDefinition,
  { gold: column, person }: CompareInput,
): Promise<Result<Counted, NotPossible>> {
  const { columns } = await engine.db
    .selectFrom("projects")
    .select("columns")
    .where("id", "=", project.id)
    .executeTakeFirstOrThrow();
  const choice = `The imported columns are: ${columns.map((name) => `“${name}”`).join(", ")}.`;
  if (column !== undefined && !columns.includes(column))
    return notPossible(`No imported file had a column “${column}”.`, choice);
  const whose = person === undefined ? { gold: true as const } : { person };
  const none =
    person !== undefined
      ? notPossible(
          `${person} has given no record of job ${job.id} a label of their own for “${definition.name}”.`,
          "Let them label some: countersign assignment create NAME --own-labels",
        )
      : column === undefined
        ? notPossible(
            `No record of job ${job.id} has gold for the label “${definition.name}”.`,
            `Name a column that holds the truth, or import gold again with a mapping. ${choice}`,
          )
        : notPossible(`The column “${column}” is empty in all records of job ${job.id}.`, choice);
  const found = measuring(definition)
    ? await measureEach(engine.db, project, job.id, definition, column, whose)
    : await countEach(engine.db, project, job.id, definition, column, whose);
  if (found === "none") return none;
  if (found === "too many")
    return notPossible(`The column “${column}” has too many different values for a label.`, choice);
  if (found.known > 0) return ok(found);
  const examples = found.unknown.slice(0, 3).map(({ value }) => `“${value.slice(0, 60)}”`);
  return notPossible(
    `None of the gold values is a value of the label “${definition.name}”: ${examples.join(", ")}${found.unknown.length > 3 ? ", …" : ""}.`,
    choice,
  );
}

const notPossible = (what: string, next: string) =>
  err<NotPossible>({ type: "compare-not-possible", what, next });
