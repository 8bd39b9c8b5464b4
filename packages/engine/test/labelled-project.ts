import {
  type AgentContent,
  JobSettings,
  type LabelStatus,
  type LabelValue,
  type Outcome,
  SchemaDocument,
} from "@countersign/core";
import { sql } from "kysely";
import { given } from "../../../test/given.ts";
import { type Engine, schemas } from "../src/index.ts";
import { ann, freshProject, imported } from "./importing.ts";

/** The schema of {@link labelledProject}. */
export const toneSchema = SchemaDocument.parse({
  labels: [
    {
      name: "tone",
      options: [
        { value: "pos", text: "positive" },
        { value: "neg", text: "negative" },
        { value: "neu", text: "neutral" },
      ],
    },
    {
      name: "topics",
      kind: "multiple",
      options: ["price", "service"].map((value) => ({ value, text: value })),
    },
  ],
});

const agentContent: AgentContent = {
  model: { provider: "openai", model: "m" },
  parameters: { topLogprobs: 5 },
  prompt: { user: "{{text}}", format: "line" },
  labels: ["tone", "topics"],
};

/** A label to be stored. */
export interface LabelFixture {
  /** Number of the record, from 0. */
  readonly record: number;
  readonly by:
    | { readonly job: number }
    | { readonly person: string }
    | { readonly model: string }
    | { readonly gold: true };
  readonly name?: string;
  readonly value: LabelValue;
  readonly confidence?: number | null;
  readonly status?: LabelStatus;
  readonly metadata?: object;
  readonly at?: string;
  readonly schemaVersion?: number;
  /** The standing verdict; of a label that is not unverified, its own value by ann if left out. */
  readonly verified?: { readonly value: LabelValue; readonly by: string; readonly at: string };
}

export interface LabelledProject {
  readonly project: string;
  readonly id: number;
  /** Ids of the records, in order of the texts. */
  readonly records: readonly number[];
  /** Ids of the jobs. */
  readonly jobs: readonly number[];
  /** Stores labels; a job's number is its place among the jobs. */
  label(labels: readonly LabelFixture[]): Promise<number[]>;
}

/** A project with a schema, records with the keys `r0`, `r1`, …, and jobs that are done and have every record as an item. */
export async function labelledProject(
  engine: Engine,
  {
    texts,
    jobs = [["tone"]],
    columns = {},
    metadata,
    agents = [],
  }: {
    readonly texts: readonly string[];
    /** The labels that each job was asked for. */
    readonly jobs?: readonly (readonly string[])[];
    /** Further columns of the imported file. */
    readonly columns?: Readonly<Record<string, readonly string[]>>;
    /** The metadata of each record; empty if left out. */
    readonly metadata?: readonly object[];
    /** The name of each job's agent; `agent` if left out. */
    readonly agents?: readonly string[];
  },
): Promise<LabelledProject> {
  const project = await freshProject(engine);
  given(await schemas.set(engine, ann, { project, document: toneSchema }));
  const lines = texts.map((text, index) => {
    const more = Object.entries(columns).map(([name, cells]) => [name, cells[index] ?? ""]);
    return JSON.stringify({ id: `r${index}`, text, ...Object.fromEntries(more) });
  });
  if (lines.length > 0)
    await imported(engine, project, lines.join("\n"), { format: "jsonl", chunk: 10_000 });
  const { id } = await engine.db
    .selectFrom("projects")
    .select("id")
    .where("name", "=", project)
    .executeTakeFirstOrThrow();
  const stored = await engine.db
    .selectFrom("records")
    .select("id")
    .where("project_id", "=", id)
    .orderBy("id")
    .execute();
  const records = stored.map((record) => record.id);
  if (metadata)
    await sql`update records set metadata = given.metadata
      from unnest(${records}::bigint[], ${metadata.map((one) => JSON.stringify(one))}::jsonb[]) as given (id, metadata)
      where records.id = given.id`.execute(engine.db);
  const made: number[] = [];
  for (const [place, names] of jobs.entries())
    made.push(await addJob(engine, id, names, records, agents[place] ?? "agent"));
  return {
    project,
    id,
    records,
    jobs: made,
    label: (labels) => addLabels(engine, id, records, made, labels),
  };
}

/** The id that an agent of {@link labelledProject} has; names differ in their first letter. */
export const agentIdOf = (name: string): string => name.slice(0, 1).repeat(64);

async function addJob(
  engine: Engine,
  project: number,
  names: readonly string[],
  records: readonly number[],
  agent: string,
): Promise<number> {
  const agentId = agentIdOf(agent);
  await engine.db
    .insertInto("agents")
    .values({
      project_id: project,
      id: agentId,
      name: agent,
      content: JSON.stringify(agentContent),
      created_by: "ann",
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { id } = await engine.db
    .insertInto("jobs")
    .values({
      project_id: project,
      agent_id: agentId,
      label_names: [...names],
      schema_version: 1,
      subset: "{}",
      settings: JSON.stringify(JobSettings.parse({})),
      state: "done",
      created_by: "ann",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await engine.db
    .insertInto("annotators")
    .values({ project_id: project, kind: "job", name: `job ${id}`, job_id: id })
    .execute();
  await sql`insert into job_items (job_id, position, record_id, outcome)
    select ${id}, place - 1, record, 'labelled'
    from unnest(${records}::bigint[]) with ordinality as item (record, place)`.execute(engine.db);
  return id;
}

async function addLabels(
  engine: Engine,
  project: number,
  records: readonly number[],
  jobs: readonly number[],
  labels: readonly LabelFixture[],
): Promise<number[]> {
  const annotators = new Map<string, number>();
  for (const { by } of labels)
    if (!annotators.has(JSON.stringify(by)))
      annotators.set(JSON.stringify(by), await annotatorOf(engine, project, jobs, by));
  const ids: number[] = [];
  for (let at = 0; at < labels.length; at += batch) {
    const values = labels.slice(at, at + batch).map((label) => {
      const { status = "unverified", confidence = null, value } = label;
      const verified =
        label.verified ??
        (status === "unverified" ? null : { value, by: "ann", at: "2026-01-02T03:04:05.678Z" });
      return {
        project_id: project,
        record_id: records[label.record] ?? 0,
        annotator_id: annotators.get(JSON.stringify(label.by)) ?? 0,
        name: label.name ?? "tone",
        value: JSON.stringify(value),
        schema_version: label.schemaVersion ?? 1,
        confidence,
        confidence_method: confidence === null ? null : ("label-token-probability" as const),
        metadata: JSON.stringify(label.metadata ?? {}),
        status,
        verified_value: verified && JSON.stringify(verified.value),
        verified_by: verified?.by ?? null,
        verified_at: verified?.at ?? null,
        ...(label.at !== undefined && { created_at: label.at }),
      };
    });
    const inserted = await engine.db.insertInto("labels").values(values).returning("id").execute();
    ids.push(...inserted.map(({ id }) => id));
  }
  return ids;
}

/** A statement has at most 65,535 parameters. */
const batch = 2000;

async function annotatorOf(
  engine: Engine,
  project: number,
  jobs: readonly number[],
  by: LabelFixture["by"],
): Promise<number> {
  const [kind, name] =
    "job" in by
      ? (["job", `job ${jobs[by.job]}`] as const)
      : "gold" in by
        ? (["gold", "gold"] as const)
        : "model" in by
          ? (["model", by.model] as const)
          : (["person", by.person] as const);
  const { id } = await engine.db
    .insertInto("annotators")
    .values({ project_id: project, kind, name, job_id: null })
    .onConflict((conflict) =>
      conflict.columns(["project_id", "kind", "name"]).doUpdateSet({ name }),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Sets the outcome of a job's item. */
export async function setOutcome(
  engine: Engine,
  job: number,
  record: number,
  outcome: Outcome,
): Promise<void> {
  await engine.db
    .updateTable("job_items")
    .set({ outcome })
    .where("job_id", "=", job)
    .where("record_id", "=", record)
    .execute();
}
