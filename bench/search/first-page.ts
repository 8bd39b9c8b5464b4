/**
 * The first page of each shape of search, cold and warm, beside SQL written by hand that answers the same with the same
 * indexes. Cold is the first run after the database was started anew; the system's own cache stays as it is.
 *
 *     npm run bench:search -- [records…]
 */
import { Search, type SearchInput } from "@countersign/core";
import { type Engine, records, subsets } from "@countersign/engine";
import { type LoadedCorpus, loadCorpus } from "../corpus/load.ts";
import { given, restartableEngine } from "../labelling.ts";
import { judge, machine, median, print } from "../summary.ts";
import { type Shape, shapesOf, similarShape } from "./shapes.ts";

const goalRatio = 1.5;
const goalMs = 100;
const warmRuns = 20;
const pageSize = 50;
const sizes = process.argv.slice(2).map(Number);
if (sizes.length === 0) sizes.push(10_000, 100_000, 1_000_000);
const actor = { name: "bench", how: "local" } as const;

interface Measured {
  readonly cold: number;
  readonly p50: number;
  readonly p95: number;
  /** Against the same by hand; undefined where there is none. */
  readonly ratio: number | undefined;
}

await using database = await restartableEngine();
print(machine());
const corpora: LoadedCorpus[] = [];
for (const size of sizes) {
  const began = performance.now();
  corpora.push(await loadCorpus(database.engine, size));
  print(`${size} records, ${2 * size} labels loaded in ${seconds(began)} s`);
}
for (const { project } of corpora)
  given(
    await subsets.sample(database.engine, actor, {
      project,
      name: "sample",
      size: 1000,
      seed: 1,
      allocation: "proportional",
    }),
  );
// What slow searches get made in the background is there before anything is measured.
for (const { projectId } of corpora)
  for (const name of ["stars", "day"])
    await records.indexMetadata(database.engine, projectId, name);

const worst = { ratio: 0, p95: 0 };
const rows: string[][] = [["shape", ...sizes.map((size) => `${size}: cold, p50, p95 ms (ratio)`)]];
const names = [...shapesOf(corpora[0] ?? fail()).map(({ name }) => name), "similar by text"];
for (const [place, name] of names.entries()) {
  const row = [name];
  for (const corpus of corpora) {
    const shape = shapesOf(corpus)[place];
    const measured = await measure(corpus, shape?.search ?? similarShape, shape?.byHand);
    worst.ratio = Math.max(worst.ratio, measured.ratio ?? 0);
    worst.p95 = Math.max(worst.p95, measured.p95);
    row.push(written(measured));
  }
  rows.push(row);
  print(`| ${row.join(" | ")} |`);
}
print("", ...rows.map((row) => `| ${row.join(" | ")} |`));
judge(`each shape ≤ ${goalRatio} × by hand: ${worst.ratio.toFixed(2)}`, worst.ratio <= goalRatio);
judge(`p95 of each first page ≤ ${goalMs} ms: ${worst.p95.toFixed(0)}`, worst.p95 <= goalMs);

async function measure(
  corpus: LoadedCorpus,
  search: SearchInput,
  byHand: Shape["byHand"] | undefined,
): Promise<Measured> {
  await database.restart();
  const { engine } = database;
  await engine.pool.query("select 1");
  const cold = await timed(() => page(engine, corpus, search));
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let run = 0; run < warmRuns; run += 1) {
    ours.push(await timed(() => page(engine, corpus, search)));
    if (byHand) theirs.push(await timed(() => pageByHand(engine, corpus, byHand)));
  }
  return {
    cold,
    p50: median(ours),
    p95: ours.toSorted((a, b) => a - b)[Math.ceil(0.95 * warmRuns) - 1] ?? Number.NaN,
    ratio: byHand && median(ours) / median(theirs),
  };
}

async function page(engine: Engine, { project }: LoadedCorpus, search: SearchInput) {
  return given(
    await records.search(engine, { project, ...Search.parse({ ...search, limit: pageSize }) }),
  );
}

/** The same page, its labels included. */
function pageByHand(
  engine: Engine,
  { projectId }: LoadedCorpus,
  { join = "", where = "true", order = "r.id" }: Shape["byHand"],
) {
  return engine.pool.query(`
    with page as (
      select r.id, r.key, r.content, r.metadata, r.created_at, row_number() over () as place from (
        select r.* from records r ${join} where r.project_id = ${projectId} and ${where}
        order by ${order} limit ${pageSize + 1}) as r
    )
    select page.*, (
      select jsonb_agg(to_jsonb(l) || jsonb_build_object('annotator', a.name))
      from labels l join annotators a on a.id = l.annotator_id
      where l.record_id = page.id and a.kind <> 'gold') as labels
    from page order by place`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function written({ cold, p50, p95, ratio }: Measured): string {
  const [a, b, c] = [cold, p50, p95].map((ms) => ms.toFixed(1));
  return `${a}, ${b}, ${c}${ratio === undefined ? "" : ` (${ratio.toFixed(2)})`}`;
}

function seconds(began: number): string {
  return ((performance.now() - began) / 1000).toFixed(0);
}

function fail(): never {
  throw new Error("no size was given");
}
