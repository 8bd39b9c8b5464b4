/**
 * Exports of records with two labels each, against COPY TO of the same facts, joined by hand, in the same run; and what
 * they take as the project grows.
 *
 *     node bench/export/speed.ts [records…]        10000 100000 1000000 if left out
 */
import { type ExportFormat, ExportOptions } from "@countersign/core";
import { records } from "@countersign/engine";
import { to as copyTo } from "pg-copy-streams";
import { type BenchEngine, given, temporaryEngine } from "../labelling.ts";
import { judge, machine, median, print } from "../summary.ts";
import { labelledRecords } from "./corpus.ts";

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
/** Those whose bytes are rows of text, as COPY's are. */
const held: readonly ExportFormat[] = ["jsonl", "csv"];

print(machine());
const perRecord = new Map<string, number[]>();
for (const size of sizes) {
  await using engine = await temporaryEngine();
  await labelledRecords(engine, "bench", size);
  // What is run for the first time is being compiled.
  for (const format of formats) await exported(engine, format);
  const rounds = size > 100_000 ? 2 : 3;
  const reference = await timed(rounds, () => copied(engine));
  tell("COPY TO", size, reference);
  for (const format of formats) {
    const taken = await timed(rounds, () => exported(engine, format));
    tell(format, size, taken, reference.seconds);
    if (held.includes(format))
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
async function exported(engine: BenchEngine, format: ExportFormat): Promise<number> {
  const options = ExportOptions.parse({ format });
  let bytes = 0;
  for await (const chunk of given(
    await records.exportFile(engine, { ...options, project: "bench" }),
  ))
    bytes += typeof chunk === "string" ? Buffer.from(chunk).length : chunk.length;
  return bytes;
}

/** The same facts as one statement would copy them. */
async function copied(engine: BenchEngine): Promise<number> {
  const facts = (l: string) =>
    `${l}.value #>> '{}', ${l}.confidence, ${l}.confidence_method, ${l}.metadata ->> 'model', ${l}.metadata ->> 'simulated',
     ${l}a.job_id, ${l}g.name, ${l}g.id, ${l}g.content #>> '{model,model}', ${l}.metadata ->> 'rule', ${l}.schema_version,
     nullif(${l}.status, 'unverified'), ${l}.verified_by, ${l}.verified_at, coalesce(${l}.verified_value, ${l}.value) #>> '{}',
     case ${l}.status when 'unverified' then 'model' else ${l}.status end, coalesce(${l}.verified_by, ${l}a.name),
     (select json_agg(json_build_object('verdict', v.verdict, 'judged', v.judged, 'value', v.value, 'by', v.verifier, 'at', v.at) order by v.id)
       from verifications v where v.label_id = ${l}.id)`;
  const joins = (l: string, name: string) =>
    `left join (labels ${l} join annotators ${l}a on ${l}a.id = ${l}.annotator_id join jobs ${l}j on ${l}j.id = ${l}a.job_id
       join agents ${l}g on ${l}g.project_id = ${l}j.project_id and ${l}g.id = ${l}j.agent_id)
     on ${l}.record_id = r.id and ${l}.name = '${name}'`;
  const client = await engine.pool.connect();
  try {
    let bytes = 0;
    const stream = client.query(
      copyTo(`copy (select r.key, r.content, r.metadata, ${facts("s")}, ${facts("t")},
          r.source ->> 'id', r.source ->> 'text', r.source ->> 'channel'
        from records r ${joins("s", "sentiment")} ${joins("t", "topic")}
        order by r.id) to stdout (format csv, header)`),
    );
    for await (const chunk of stream) bytes += chunk.length;
    return bytes;
  } finally {
    client.release();
  }
}
