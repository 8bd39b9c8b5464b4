import { ColumnMapping, ImportRules, SchemaDocument } from "@countersign/core";
import type { Engine } from "@countersign/engine";
import { agents, projects, records, schemas } from "@countersign/engine";
import { given } from "../labelling.ts";
import { options, textOf } from "../texts.ts";

const actor = { name: "bench", how: "local" } as const;
const names = ["sentiment", "topic"] as const;

/**
 * A project of so many records with two labels each by one job, of which one in twenty is confirmed and one in fifty
 * corrected, as rows in the tables: what a job would have left, without running it.
 */
export async function labelledRecords(
  engine: Engine,
  project: string,
  count: number,
): Promise<void> {
  given(await projects.create(engine, actor, { name: project }));
  const choices = options.map((value) => ({ value, text: value }));
  const labels = names.map((name) => ({ name, options: choices }));
  given(await schemas.set(engine, actor, { project, document: SchemaDocument.parse({ labels }) }));
  given(
    await records.importFile(engine, actor, {
      project,
      name: "records.jsonl",
      reading: { format: "jsonl" },
      mapping: ColumnMapping.parse({ key: "id", text: "text", metadata: ["channel"] }),
      rules: ImportRules.parse({}),
      body: fileOf(count),
    }),
  );
  const agent = given(
    await agents.create(engine, actor, {
      project,
      model: { provider: "openai-compatible", model: "bench", baseUrl: "http://127.0.0.1:9" },
      parameters: { topLogprobs: 0 },
      prompt: {},
    }),
  );
  const { rows } = await engine.pool.query<{ project: number; annotator: number }>(
    `with made as (
       insert into jobs (project_id, agent_id, label_names, schema_version, subset, settings, state, created_by)
       select id, $2, $3, 1, '{}', '{"concurrency":1,"maxAttempts":1,"timeoutSeconds":1}', 'done', 'bench'
       from projects where name = $1 returning id, project_id)
     insert into annotators (project_id, kind, name, job_id)
     select project_id, 'job', 'job ' || id, id from made returning id as annotator, project_id as project`,
    [project, agent.id, names],
  );
  const [made] = rows;
  if (!made) throw new Error("no annotator was made");
  await engine.pool.query(
    `insert into labels (project_id, record_id, annotator_id, name, value, schema_version, confidence,
       confidence_method, metadata, status, verified_value, verified_by, verified_at)
     select $1, r.id, $2, n.name, to_jsonb(($3::text[])[1 + r.id % 3]), 1, 0.5 + (r.id % 50) / 100.0,
       'label-token-probability',
       jsonb_build_object('model', 'bench-2026-01-01', 'simulated', true, 'inputTokens', 120,
         'outputTokens', 4, 'latency', 100 + r.id % 900, 'attempts', 1, 'rule', 'line'),
       case when r.id % 50 = 0 then 'corrected' when r.id % 20 = 1 then 'confirmed' else 'unverified' end,
       case when r.id % 50 = 0 then to_jsonb(($3::text[])[1 + (r.id + 1) % 3])
            when r.id % 20 = 1 then to_jsonb(($3::text[])[1 + r.id % 3]) end,
       case when r.id % 50 = 0 or r.id % 20 = 1 then 'ann' end,
       case when r.id % 50 = 0 or r.id % 20 = 1 then now() end
     from records r cross join unnest($4::text[]) as n (name) where r.project_id = $1 order by r.id`,
    [made.project, made.annotator, options, names],
  );
  await engine.pool.query(
    `insert into verifications (project_id, label_id, schema_version, verdict, judged, value, verifier)
     select project_id, id, schema_version, case status when 'corrected' then 'CORRECTS' else 'CONFIRMS' end, value, verified_value, 'ann'
     from labels where project_id = $1 and status <> 'unverified' order by id`,
    [made.project],
  );
  await engine.pool.query("vacuum analyze");
}

async function* fileOf(count: number): AsyncGenerator<Uint8Array> {
  const rows = 1000;
  for (let from = 0; from < count; from += rows) {
    const part = Array.from({ length: Math.min(rows, count - from) }, (_, index) => {
      const n = from + index;
      return JSON.stringify({
        id: String(n),
        text: textOf(n),
        channel: n % 3 === 0 ? "mail" : "web",
      });
    });
    yield Buffer.from(`${part.join("\n")}\n`);
  }
}
