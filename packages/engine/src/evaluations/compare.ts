import {
  countedValues,
  type Evaluated,
  type Evaluation,
  err,
  evaluate,
  type Job,
  type LabelDefinition,
  measuring,
  type OneAnnotator,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { carrierSince, findSchema } from "../schemas/index.ts";
import { countEach } from "./count-each.ts";
import { countExamples } from "./counting.ts";
import { measureEach } from "./measure-each.ts";

export interface CompareInput {
  readonly project: string;
  /** The job whose labels are measured. */
  readonly job?: number | undefined;
  /** Whose labels are measured in place of a job's. */
  readonly of?: { readonly person: string } | { readonly model: string } | undefined;
  /** May be left out where there is one label to be measured. */
  readonly label?: string | undefined;
  /** An imported column with the truth; the gold labels if left out. */
  readonly gold?: string | undefined;
  /** A person whose own labels are taken for the truth, in place of gold. */
  readonly person?: string | undefined;
}

type NotPossible = Problem<"compare-not-possible">;

/**
 * Measures labels of one name against the truth: a job's over all of its items whose truth is known, a person's or a
 * model's over all such records that they labelled. The cells of a column are read as an import reads gold. Records whose
 * text is an example in the agent's prompt are left out. Of a multiple choice, a ranking or spans only the whole list is
 * right or wrong; how near the others are, the kind's own measures tell.
 */
export async function compare(
  engine: Engine,
  input: CompareInput,
): Promise<Result<Evaluation, Problem<"project-not-found" | "job-not-found"> | NotPossible>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  if ((input.job === undefined) === (input.of === undefined))
    return notPossible(
      "The labels either of a job or of a person or model are measured.",
      "Name one of them.",
    );
  if (input.gold !== undefined && input.person !== undefined)
    return notPossible(
      "Either a column or a person holds the truth, not both.",
      "Name one of them.",
    );
  const subject = await findSubject(engine, project.value, input);
  if (!subject.ok) return subject;
  const { of, definition } = subject.value;
  const counted = await countTruths(engine, project.value, subject.value, input);
  if (!counted.ok) return counted;

  const { pairs, measures, unknown } = counted.value;
  return ok(
    evaluate({
      label: definition.name,
      of,
      options: definition.kind === "multiple" ? [] : countedValues(definition),
      pairs,
      measures,
      examples: await countExamples(engine.db, project.value, of),
      unknownGold: unknown,
    }),
  );
}

/** Whose labels are measured, and by what definition they are read. */
interface Subject {
  readonly of: OneAnnotator;
  readonly definition: LabelDefinition;
  /** The records that are measured, in words. */
  readonly records: string;
}

async function findSubject(
  engine: Engine,
  project: ProjectReference,
  { job: id, of, label }: CompareInput,
): Promise<Result<Subject, Problem<"job-not-found"> | NotPossible>> {
  if (id !== undefined) {
    const job = await findJob(engine.db, project, id);
    if (!job.ok) return job;
    const definition = await chooseJobsLabel(engine, project, job.value, label);
    if (!definition.ok) return definition;
    return ok({ of: { job: id }, definition: definition.value, records: `job ${id}` });
  }
  const by = of ?? { person: "" };
  const name = "person" in by ? by.person : by.model;
  const schema = await findSchema(engine.db, project);
  if (!schema.ok)
    return notPossible("The project has no schema, so nobody has labelled.", "Give it one.");
  const { labels } = schema.value.document;
  const chosen = label === undefined && labels.length === 1 ? labels[0]?.name : label;
  const definition = labels.find((one) => one.name === chosen);
  const named = labels.map((one) => `“${one.name}”`).join(", ");
  if (!definition)
    return label === undefined
      ? notPossible(`The schema has several labels: ${named}.`, "Say which one: --label NAME")
      : notPossible(`The schema has no label “${label}”.`, `It has: ${named}.`);
  return ok({ of: by, definition, records: `those that ${name} has labelled` });
}

/** The label meant, as the schema of the job has it, its options as they are called now. */
async function chooseJobsLabel(
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
  { of, definition, records }: Subject,
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
          `${person} has given no record of ${records} a label of their own for “${definition.name}”.`,
          "Let them label some: countersign assignment create NAME --own-labels",
        )
      : column === undefined
        ? notPossible(
            `No record of ${records} has gold for the label “${definition.name}”.`,
            `Name a column that holds the truth, or import gold again with a mapping. ${choice}`,
          )
        : notPossible(`The column “${column}” is empty in all records of ${records}.`, choice);
  const found = measuring(definition)
    ? await measureEach(engine.db, project, of, definition, column, whose)
    : await countEach(engine.db, project, of, definition, column, whose);
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
