import {
  type Assignment,
  err,
  type NewAssignment,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { findJob } from "../jobs/find.ts";
import { findProject, type ProjectReference } from "../projects/index.ts";
import { checkCondition } from "../records/index.ts";
import { findSchema } from "../schemas/index.ts";
import { attempt } from "../store/attempt.ts";
import { findAssignment } from "./find.ts";
import { addRecords } from "./freeze.ts";

type Invalid = Problem<"assignment-invalid">;
type CreateProblem =
  | Invalid
  | Problem<
      | "project-not-found"
      | "schema-missing"
      | "job-not-found"
      | "label-not-in-schema"
      | "search-invalid"
      | "assignment-exists"
      | "assignment-not-found"
    >;

const kept = "No assignment was made.";

/**
 * Makes an assignment of the records that a search finds now, in an order that stays. Of an assignment to verify these are
 * the records that have a label of the job's to be judged.
 */
export async function create(
  engine: Engine,
  actor: Actor,
  input: NewAssignment & { readonly project: string },
): Promise<Result<Assignment, CreateProblem>> {
  const project = await findProject(engine.db, input.project);
  if (!project.ok) return project;
  const fault = faultIn(input);
  if (fault) return fault;
  const names = await labelNames(engine, project.value, input);
  if (!names.ok) return names;
  const checked = await checkCondition(engine, project.value, input.where);
  if (!checked.ok) return checked;

  const made = await attempt(engine.db, async (db) => {
    const row = await db
      .insertInto("assignments")
      .values({
        project_id: project.value.id,
        name: input.name,
        mode: input.mode,
        people: input.people ? [...new Set(input.people)] : null,
        label_names: [...names.value],
        job_id: input.job ?? null,
        suggestion: input.suggestion,
        condition: input.where ? JSON.stringify(input.where) : null,
        item_order: input.order,
        overlap: input.overlap,
        idle_seconds: input.idleMinutes * 60,
        created_by: actor.name,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst();
    if (!row)
      return err<CreateProblem>({
        type: "assignment-exists",
        what: `The project “${project.value.name}” has an assignment “${input.name}” already.`,
        kept,
        next: "Choose another name, or extend the one that is there.",
      });
    const added = await addRecords(db, project.value.id, row, {
      where: checked.value,
      limit: input.limit,
    });
    if (!added.ok) return added;
    if (added.value === 0)
      return invalid(
        input.mode === "verify"
          ? `No record that the search finds has a label ${quoted(names.value)} of job ${input.job}.`
          : "The search finds no record.",
        "Search for other records.",
      );
    return ok(added.value);
  });
  if (!made.ok) return made;
  engine.log.info(
    { project: input.project, assignment: input.name, records: made.value, by: actor.name },
    "assignment created",
  );
  const found = await findAssignment(engine.db, { ...input, assignment: input.name });
  return found.ok ? ok(found.value.assignment) : found;
}

/** What is wrong with an assignment by itself. */
function faultIn(input: NewAssignment) {
  const { mode, job, suggestion, order, people, overlap } = input;
  if (mode === "verify" && job === undefined)
    return invalid("To verify labels, a job must be named whose labels they are.", "Name the job.");
  if (mode === "label" && suggestion === "shown" && job === undefined)
    return invalid(
      "Suggestions are to be shown, but no job is named that they come from.",
      "Name the job, or hide suggestions.",
    );
  if (order === "least-confident" && job === undefined)
    return invalid("Only a job's labels have a confidence to order by.", "Name the job.");
  return tooFewPeople(people ?? null, overlap);
}

/** A record can never be done by more people than there are. */
export function tooFewPeople(people: readonly string[] | null, overlap: number) {
  const some = people === null ? Number.POSITIVE_INFINITY : new Set(people).size;
  if (some >= overlap) return undefined;
  return invalid(
    `Each record is to be done by ${overlap} people, but only ${some} may take part.`,
    "Name more people, or lower the overlap.",
  );
}

async function labelNames(
  engine: Engine,
  project: ProjectReference,
  { job, labels, mode }: NewAssignment,
): Promise<
  Result<readonly string[], Problem<"job-not-found" | "schema-missing" | "label-not-in-schema">>
> {
  const found = job === undefined ? undefined : await findJob(engine.db, project, job);
  if (found && !found.ok) return found;
  const schema = await findSchema(engine.db, project);
  if (!schema.ok) return schema;
  const known =
    mode === "verify" && found
      ? found.value.labels
      : schema.value.document.labels.map(({ name }) => name);
  const names = [...new Set(labels ?? known)];
  const strange = names.find((name) => !known.includes(name));
  if (strange === undefined) return ok(names);
  return err({
    type: "label-not-in-schema",
    what:
      mode === "verify"
        ? `Job ${job} has no label “${strange}”.`
        : `“${strange}” is no label of schema version ${schema.value.version}.`,
    kept,
    next: `There are: ${quoted(known)}.`,
  });
}

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ");

const invalid = (what: string, next: string) =>
  err<Invalid>({ type: "assignment-invalid", what, kept, next });
