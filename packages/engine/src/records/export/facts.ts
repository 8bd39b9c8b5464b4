import {
  type FinalLabel,
  finalLabel,
  type Label,
  type LabelValue,
  modelLabel,
  standingLabel,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";

/** What is exported of a record's labels of one name. */
export interface LabelFacts {
  readonly model: {
    readonly value: LabelValue;
    readonly confidence: number | null;
    readonly confidenceMethod: string | null;
    readonly job: number;
    readonly agent: string;
    readonly modelVersion: string | null;
    readonly simulated: boolean;
    readonly schemaVersion: number;
  } | null;
  readonly verification: {
    readonly verdict: "confirmed" | "corrected";
    readonly value: LabelValue;
    readonly by: string;
    readonly at: string;
  } | null;
  readonly final: FinalLabel | null;
  readonly gold: LabelValue | null;
}

/** What the records of a project have in common. */
export interface Frame {
  /** Names of the labels: the newest schema's in its order, then those of older ones that somebody gave. */
  readonly names: readonly string[];
  /** Columns of the imported files. */
  readonly columns: readonly string[];
  /** The agents' names by their jobs' ids. */
  readonly agents: ReadonlyMap<number, string>;
}

/** Works out the facts of a record's labels, in the order of the frame's names. */
export const factsOf = (labels: readonly Label[], { names, agents }: Frame): LabelFacts[] =>
  names.map((name) =>
    factsOfName(
      labels.filter((label) => label.name === name),
      agents,
    ),
  );

function factsOfName(labels: readonly Label[], agents: ReadonlyMap<number, string>): LabelFacts {
  const model = modelLabel(labels);
  const job = model?.annotator.job;
  const verified = standingLabel(labels);
  return {
    model:
      model && typeof job === "number"
        ? {
            value: model.value,
            confidence: model.confidence,
            confidenceMethod: model.confidenceMethod,
            job,
            agent: agents.get(job) ?? "",
            modelVersion: model.metadata.model ?? null,
            simulated: model.metadata.simulated ?? false,
            schemaVersion: model.schemaVersion,
          }
        : null,
    verification:
      verified?.verified && verified.status !== "unverified"
        ? { verdict: verified.status, ...verified.verified }
        : null,
    final: finalLabel(labels) ?? null,
    gold: labels.find((label) => label.annotator.kind === "gold")?.value ?? null,
  };
}

/** Reads what is common to a project's records. */
export async function readFrame(db: Kysely<Database>, projectId: number): Promise<Frame> {
  const { columns } = await db
    .selectFrom("projects")
    .select("columns")
    .where("id", "=", projectId)
    .executeTakeFirstOrThrow();
  const jobs = await db
    .selectFrom("jobs")
    .innerJoin("agents", (on) =>
      on
        .onRef("agents.project_id", "=", "jobs.project_id")
        .onRef("agents.id", "=", "jobs.agent_id"),
    )
    .select(["jobs.id", "agents.name"])
    .where("jobs.project_id", "=", projectId)
    .execute();
  const agents = new Map(jobs.map(({ id, name }) => [id, name]));
  return { names: await readNames(db, projectId), columns, agents };
}

async function readNames(db: Kysely<Database>, projectId: number): Promise<string[]> {
  const versions = await db
    .selectFrom("schema_versions")
    .select("document")
    .where("project_id", "=", projectId)
    .orderBy("version", "desc")
    .execute();
  const [newest = [], ...older] = versions.map(({ document }) =>
    document.labels.map(({ name }) => name),
  );
  const former = [...new Set(older.flat())].filter((name) => !newest.includes(name));
  const { rows } = await sql<{ name: string }>`
    select name from unnest(${former}::text[]) with ordinality as former (name, place)
    where exists (select from annotators a join labels l on l.annotator_id = a.id
      where a.project_id = ${projectId} and l.name = former.name)
    order by place`.execute(db);
  return [...newest, ...rows.map(({ name }) => name)];
}
