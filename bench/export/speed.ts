/**
 * Exports of the corpus, two labels a record, against COPY TO of the same facts, joined by hand, in the same run; and what
 * they take as the project grows.
 *
 *     npm run bench:export -- [records…]        10000 100000 1000000 if left out
 */
import { type ExportFormat, ExportOptions } from "@countersign/core";
import { records } from "@countersign/engine";
import { to as copyTo } from "pg-copy-streams";
import { columns } from "../corpus/csv.ts";
import { loadCorpus } from "../corpus/load.ts";
import { type BenchEngine, given, temporaryEngine } from "../labelling.ts";
import { judge, machine, median, print } from "../summary.ts";

const goal = 2;
const numbers = process.argv.slice(2).map(Number);
const sizes = numbers.length > 0 ? numbers : [10_000, 100_000, 1_000_000];
const formats: readonly ExportFormat[] = [
  "jsonl",
  "csv",
  "parquet",
  "xlsx",
  "label-studio",
  "huggingface",
];

print(machine());
const perRecord = new Map<string, number[]>();
for (const size of sizes) {
  await using engine = await temporaryEngine();
  const { project } = await loadCorpus(engine, size);
  // What is run for the first time is being compiled.
  if (size <= 100_000) for (const format of formats) await exported(engine, project, format);
  const rounds = size > 100_000 ? 1 : 3;
  const reference = await timed(rounds, () => copied(engine));
  tell("COPY TO", size, reference);
  for (const format of formats) {
    const taken = await timed(rounds, () => exported(engine, project, format));
    tell(format, size, taken, reference.seconds);
    judge(
      `${format}: ${size} records in ≤ ${goal} × the time of COPY TO: ${(taken.seconds / reference.seconds).toFixed(2)}`,
      taken.seconds <= goal * reference.seconds,
    );
  }
}
print("", `microseconds a record at ${sizes.join(", ")} records`);
for (const [what, costs] of perRecord)
  print(`${what.padEnd(14)}${costs.map((cost) => cost.toFixed(1).padStart(9)).join("")}`);

interface Taken {
  readonly seconds: number;
  readonly bytes: number;
}

function tell(what: string, size: number, { seconds, bytes }: Taken, reference = seconds): void {
  perRecord.set(what, [...(perRecord.get(what) ?? []), (seconds / size) * 1e6]);
  print(
    `${what.padEnd(14)}${size} records: ${seconds.toFixed(2)} s, ${(bytes / 2 ** 20).toFixed(1)} MiB, ${(seconds / reference).toFixed(2)} × COPY TO; resident ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
  );
}

/** The middle of some rounds. */
async function timed(rounds: number, work: () => Promise<number>): Promise<Taken> {
  const seconds: number[] = [];
  let bytes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    bytes = await work();
    seconds.push((performance.now() - start) / 1000);
  }
  return { seconds: median(seconds), bytes };
}

/** Takes a whole export as a connection would; answers its length in bytes. */
async function exported(
  engine: BenchEngine,
  project: string,
  format: ExportFormat,
): Promise<number> {
  const options = ExportOptions.parse({ format });
  let bytes = 0;
  for await (const chunk of given(await records.exportFile(engine, { ...options, project })))
    bytes += typeof chunk === "string" ? Buffer.from(chunk).length : chunk.length;
  return bytes;
}

/** The same facts as one statement would copy them: the newest job's label, and the one that stands. */
async function copied(engine: BenchEngine): Promise<number> {
  const origin = (l: string) =>
    `${l}.value #>> '{}', ${l}.confidence, ${l}.confidence_method, ${l}.metadata ->> 'model', ${l}.metadata ->> 'simulated',
     ${l}.job_id, ${l}.agent, ${l}.agent_id, ${l}.content #>> '{model,model}', ${l}.metadata ->> 'rule', ${l}.schema_version`;
  const first = (name: string, order: string) =>
    `left join lateral (
       select l.*, a.name as annotator, a.job_id, g.name as agent, g.id as agent_id, g.content
       from labels l join annotators a on a.id = l.annotator_id join jobs j on j.id = a.job_id
         join agents g on g.project_id = j.project_id and g.id = j.agent_id
       where l.record_id = r.id and l.name = 'tone' order by ${order} limit 1) as ${name} on true`;
  const client = await engine.pool.connect();
  try {
    let bytes = 0;
    const stream = client.query(
      copyTo(`copy (select r.key, r.content, r.metadata, ${origin("m")},
          nullif(s.status, 'unverified'), s.verified_by, s.verified_at,
          coalesce(s.verified_value, s.value) #>> '{}',
          case s.status when 'unverified' then 'model' else s.status end,
          coalesce(s.verified_by, s.annotator), ${origin("s")},
          (select json_agg(json_build_object('verdict', v.verdict, 'judged', v.judged, 'value', v.value,
            'by', v.verifier, 'at', v.at) order by v.id) from verifications v where v.label_id = s.id),
          ${columns.map((column) => `r.source ->> '${column}'`).join(", ")}
        from records r ${first("m", "l.created_at desc, l.id desc")}
          ${first("s", "l.verified_at desc nulls last, l.created_at desc, l.id desc")}
        order by r.id) to stdout (format csv, header)`),
    );
    for await (const chunk of stream) bytes += chunk.length;
    return bytes;
  } finally {
    client.release();
  }
}
