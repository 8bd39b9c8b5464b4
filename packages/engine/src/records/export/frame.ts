import {
  type Annotator,
  type ContentKind,
  isChoice,
  type LabelDefinition,
  optionsOf,
  type SchemaDocument,
} from "@countersign/core";
import type pg from "pg";

/** How a job asked: the agent it ran. Its id is the hash of model, parameters and prompt. */
export interface ExportedAgent {
  readonly id: string;
  readonly name: string;
  /** The model's name as it was configured; what the provider says it is stands with each label. */
  readonly model: string;
}

/** What the records of a project have in common. */
export interface Frame {
  readonly project: string;
  /** The newest schema's version, null before the first. */
  readonly schemaVersion: number | null;
  /** Names of the labels: the newest schema's in its order, then those of older ones that somebody gave. */
  readonly names: readonly string[];
  /** What each of the names means: as its newest definition has it, with the options it had before added. */
  readonly definitions: readonly LabelDefinition[];
  /** What the records' contents are, besides texts. */
  readonly kinds: readonly ContentKind[];
  /** Columns of the imported files. */
  readonly columns: readonly string[];
  readonly annotators: ReadonlyMap<number, Annotator>;
  /** The agents by their jobs' ids. */
  readonly agents: ReadonlyMap<number, ExportedAgent>;
  /** Whether anybody has judged any label of the project. */
  readonly verified: boolean;
}

/** Reads what is common to a project's records. */
export async function readFrame(client: pg.ClientBase, projectId: number): Promise<Frame> {
  const projects = await client.query<{
    name: string;
    columns: string[];
    kinds: ContentKind[];
    verified: boolean;
  }>(
    `select name, columns, array(select distinct content_kind from records
       where project_id = $1 and content_kind <> 'text') as kinds, exists (select from verifications where project_id = $1) as verified
     from projects where id = $1`,
    [projectId],
  );
  const { name: project = "", columns = [], kinds = [], verified = false } = projects.rows[0] ?? {};
  const annotators = await client.query<Annotator>(
    `select id, kind, name, job_id as job from annotators where project_id = $1 and not deleted order by id`,
    [projectId],
  );
  const agents = await client.query<ExportedAgent & { job: number }>(
    `select jobs.id as job, agents.id, agents.name, agents.content #>> '{model,model}' as model
     from jobs join agents on agents.project_id = jobs.project_id and agents.id = jobs.agent_id
     where jobs.project_id = $1`,
    [projectId],
  );
  return {
    project,
    kinds,
    columns,
    verified,
    ...(await readSchemas(client, projectId)),
    annotators: new Map(annotators.rows.map((row) => [row.id, row])),
    agents: new Map(agents.rows.map(({ job, ...agent }) => [job, agent])),
  };
}

async function readSchemas(client: pg.ClientBase, projectId: number) {
  const versions = await client.query<{ version: number; document: SchemaDocument }>(
    "select version, document from schema_versions where project_id = $1 order by version desc",
    [projectId],
  );
  const definitions = new Map<string, LabelDefinition>();
  for (const { document } of versions.rows)
    for (const label of document.labels) {
      const newer = definitions.get(label.name);
      definitions.set(label.name, newer ? withFormer(newer, label) : label);
    }
  const [newest] = versions.rows;
  const names = newest?.document.labels.map(({ name }) => name) ?? [];
  const former = [...definitions.keys()].filter((name) => !names.includes(name));
  const given = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) with ordinality as former (name, place)
     where exists (select from annotators a join labels l on l.annotator_id = a.id
       where a.project_id = $2 and l.name = former.name)
     order by place`,
    [former, projectId],
  );
  const all = [...names, ...given.rows.map(({ name }) => name)];
  return {
    schemaVersion: newest?.version ?? null,
    names: all,
    definitions: all.flatMap((name) => definitions.get(name) ?? []),
  };
}

/** A definition with the options that only an older version of it had. */
function withFormer(newer: LabelDefinition, older: LabelDefinition): LabelDefinition {
  if (!isChoice(newer)) return newer;
  const has = new Set(newer.options.map(({ value }) => value));
  const former = optionsOf(older).filter(({ value }) => !has.has(value));
  return former.length === 0 ? newer : { ...newer, options: [...newer.options, ...former] };
}
