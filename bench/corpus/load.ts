import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { SchemaDocument } from "@countersign/core";
import { type Engine, projects, schemas } from "@countersign/engine";
import { from as copyFrom } from "pg-copy-streams";
import { given } from "../labelling.ts";
import { copyLines } from "./copy.ts";
import { corpus, options, saidOf } from "./corpus.ts";
import { columns, sourceOf } from "./csv.ts";
import { randomNumbers } from "./random.ts";

const actor = { name: "bench", how: "local" } as const;

export interface LoadedCorpus {
  readonly project: string;
  readonly projectId: number;
  /** Two jobs, each with a label on every record: the first is right 9 times in 10, the second 8. */
  readonly jobs: readonly [number, number];
  readonly annotators: readonly [number, number];
}

/**
 * A project with so many records of the corpus and two labels on each, written straight into the tables; one label in
 * twenty is verified. The label's name is `tone`. The first job was refused one record in two hundred; all are in the
 * assignment `work`, of which one in ten is done by ann.
 */
export async function loadCorpus(engine: Engine, records: number): Promise<LoadedCorpus> {
  const project = `corpus-${records}`;
  given(await projects.create(engine, actor, { name: project }));
  const choices = options.map((value) => ({ value, text: value }));
  const document = SchemaDocument.parse({ labels: [{ name: "tone", options: choices }] });
  given(await schemas.set(engine, actor, { project, document }));
  const { id: projectId } = await engine.db
    .selectFrom("projects")
    .select("id")
    .where("name", "=", project)
    .executeTakeFirstOrThrow();

  await copy(
    engine,
    "records (project_id, key, content, source, metadata, created_by)",
    (function* () {
      for (const record of corpus(records))
        yield [
          projectId,
          record.key,
          record.text,
          sourceOf(record),
          JSON.stringify(record.metadata),
          "bench",
        ];
    })(),
  );
  await engine.pool.query("update projects set columns = $2 where id = $1", [projectId, columns]);
  const first = await addJob(engine, projectId, "first");
  const second = await addJob(engine, projectId, "second");
  const { id: before } = await engine.db
    .selectFrom("records")
    .select((records) => records.fn.min<number>("id").as("id"))
    .where("project_id", "=", projectId)
    .executeTakeFirstOrThrow();
  await copy(
    engine,
    "labels (project_id, record_id, annotator_id, name, value, schema_version, confidence, metadata, status, verified_value, verified_by, verified_at)",
    labelRows(records, projectId, before, [first.annotator, second.annotator]),
  );
  await engine.pool.query(
    `insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier, at)
     select project_id, id, schema_version, case status when 'corrected' then 'CORRECTS' else 'CONFIRMS' end, value,
       verified_value, verified_by, verified_at
     from labels where project_id = $1 and status <> 'unverified' order by id`,
    [projectId],
  );
  await addItems(engine, projectId, first.job);
  await engine.pool.query("vacuum analyze");
  return {
    project,
    projectId,
    jobs: [first.job, second.job],
    annotators: [first.annotator, second.annotator],
  };
}

async function addItems(engine: Engine, projectId: number, job: number): Promise<void> {
  await engine.pool.query(
    `insert into job_items (job_id, position, record_id, outcome, attempts)
     select $2, row_number() over (order by id), id, case when id % 200 = 0 then 'refused' else 'labelled' end, 1
     from records where project_id = $1`,
    [projectId, job],
  );
  const { rows } = await engine.pool.query<{ id: number }>(
    `insert into assignments (project_id, name, mode, label_names, suggestion, item_order, overlap, idle_seconds, size, created_by)
     select $1, 'work', 'label', '{tone}', 'hidden', 'imported', 1, 3600, count(*), 'bench'
     from records where project_id = $1 returning id`,
    [projectId],
  );
  await engine.pool.query(
    `with items as (
       insert into assignment_items (assignment_id, position, record_id, free, done)
       select $2, row_number() over (order by id), id, (id % 10 <> 0)::int, (id % 10 = 0)::int
       from records where project_id = $1 returning position, done)
     insert into assignment_parts (assignment_id, person, position, state, since)
     select $2, 'ann', position, 'done', now() from items where done = 1`,
    [projectId, rows[0]?.id],
  );
}

function* labelRows(
  records: number,
  projectId: number,
  firstRecord: number,
  annotators: readonly number[],
): Generator<readonly (string | number | null)[]> {
  const random = randomNumbers(5);
  let record = firstRecord;
  for (const { truth } of corpus(records)) {
    for (const [place, annotator] of annotators.entries()) {
      const { value, confidence } = saidOf(truth, place === 0 ? 0.9 : 0.8, random);
      const verified = random() < 0.05;
      const status = !verified ? "unverified" : value === truth ? "confirmed" : "corrected";
      const metadata = JSON.stringify({ latency: Math.round(300 + random() * 2000) });
      yield [
        projectId,
        record,
        annotator,
        "tone",
        JSON.stringify(value),
        1,
        confidence,
        metadata,
        status,
        ...(verified
          ? [JSON.stringify(truth), random() < 0.5 ? "ann" : "ben", "2026-02-01T00:00:00Z"]
          : [null, null, null]),
      ];
    }
    record += 1;
  }
}

async function addJob(engine: Engine, projectId: number, name: string) {
  const agent = name.padEnd(64, "0");
  await engine.db
    .insertInto("agents")
    .values({ project_id: projectId, id: agent, name, content: "{}", created_by: "bench" })
    .execute();
  const { id: job } = await engine.db
    .insertInto("jobs")
    .values({
      project_id: projectId,
      agent_id: agent,
      label_names: ["tone"],
      schema_version: 1,
      subset: "{}",
      settings: "{}",
      state: "done",
      created_by: "bench",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const { id: annotator } = await engine.db
    .insertInto("annotators")
    .values({ project_id: projectId, kind: "job", name: `job ${job}`, job_id: job })
    .returning("id")
    .executeTakeFirstOrThrow();
  return { job, annotator };
}

/** Rows as COPY takes them, a batch at a time. */
async function copy(
  engine: Engine,
  into: string,
  rows: Iterable<readonly (string | number | null)[]>,
): Promise<void> {
  const client = await engine.pool.connect();
  try {
    await pipeline(
      Readable.from(copyLines(rows)),
      client.query(copyFrom(`copy ${into} from stdin`)),
    );
  } finally {
    client.release();
  }
}
