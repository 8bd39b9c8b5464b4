import { type ConfidenceChange, err, ok, type Problem, type Result } from "@countersign/core";
import { sql } from "kysely";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { readCursor } from "../jobs/cursor.ts";
import { findJob } from "../jobs/find.ts";
import type { ProjectReference } from "../projects/index.ts";
import { findLabels, type LabelsInput, type LabelsProblem } from "./find.ts";
import { putInForce } from "./put-in-force.ts";

/**
 * Takes as confidence of a job's labels the share of jobs that say the same: of this one and of those others that were
 * asked about the record, a job that came to no label speaking against it. A record that none of the others was asked
 * about has none. One call goes through some of the labels; what it did stays done.
 */
export async function agree(
  engine: Engine,
  actor: Actor,
  input: LabelsInput & {
    readonly with: readonly number[];
    readonly after?: string | undefined;
  },
): Promise<Result<ConfidenceChange, LabelsProblem | Problem<"confidence-not-possible">>> {
  const found = await findLabels(engine, input);
  if (!found.ok) return found;
  const { project, job } = found.value;
  const checked = await checkOthers(engine, project, input, job.agent.id);
  if (!checked.ok) return checked;
  const change = await putInForce(
    engine.db,
    { ...input, after: readCursor(input.after) },
    "agreement",
    sql`select (1 + count(other.id) filter (where other.value = labels.value))::double precision
          / nullif(1 + count(*), 1)
        from job_items as asked
        join annotators on annotators.job_id = asked.job_id
        left join labels as other on other.record_id = asked.record_id
          and other.annotator_id = annotators.id and other.name = labels.name
        where asked.record_id = labels.record_id and asked.outcome is not null
          and asked.outcome <> 'cancelled' and asked.job_id = any(${[...new Set(input.with)]}::bigint[])`,
  );
  engine.log.info({ job: job.id, actor: actor.name, with: input.with }, "agreement taken");
  return ok(change);
}

async function checkOthers(
  engine: Engine,
  project: ProjectReference,
  input: LabelsInput & { readonly with: readonly number[] },
  agent: string,
): Promise<Result<void, LabelsProblem | Problem<"confidence-not-possible">>> {
  for (const id of input.with) {
    const other = await findJob(engine.db, project, id);
    if (!other.ok) return other;
    const { labels, settings, agent: its } = other.value;
    if (id === input.job) return notPossible("A job cannot be compared with itself.");
    if (!labels.includes(input.label))
      return notPossible(`Job ${id} was not asked for the label “${input.label}”.`);
    if (its.id === agent && settings.reuse !== false)
      return notPossible(
        `Job ${id} ran the same agent, so its labels come from the same replies and would agree by themselves.`,
      );
  }
  return ok(undefined);
}

const notPossible = (what: string) =>
  err<Problem<"confidence-not-possible">>({
    type: "confidence-not-possible",
    what,
    kept: "The confidences in force stay as they are.",
    next: "Name jobs of other agents that were asked for the same label over the same records.",
  });
