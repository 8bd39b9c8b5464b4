/**
 * Key press to next record painted, in a real Chromium against a real server and database: 200 verdicts in the single
 * view, one in five a correction, each given as soon as the record before is painted.
 *
 *     npm run build:web && node bench/review/key-to-paint.ts [records]
 */
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { openEngine, startWorker } from "@countersign/engine";
import { Countersign } from "@countersign/sdk";
import { serve } from "@countersign/server";
import { pino } from "pino";
import { chromium } from "playwright-core";
import { builtApp } from "../../packages/web/test/built-app.ts";
import { chromiumPath } from "../../packages/web/test/chromium.ts";
import { labelled, messages, startModel, withMessages } from "../../packages/web/test/stage.ts";

const verdicts = 200;
const goalMs = 50;
const records = Number(process.argv[2] ?? 2_000);
const project = "bench";

await using cleanup = new AsyncDisposableStack();

const root = await mkdtemp(join(tmpdir(), "countersign-bench-"));
cleanup.defer(() => rm(root, { recursive: true, force: true }));
const opened = await openEngine({
  database: { dataDir: join(root, "data") },
  environment: {},
  log: pino({ level: "silent" }),
});
if (!opened.ok) throw new Error(opened.error.what);
const engine = opened.value;
cleanup.defer(() => engine.close());
const worker = startWorker(engine);
cleanup.defer(() => worker.stop());
const served = await serve({
  engine,
  host: "127.0.0.1",
  port: 0,
  version: "0.0.0",
  webRoot: await builtApp(),
});
if (!served.ok) throw new Error(served.error.what);
const server = served.value;
cleanup.defer(() => server.close());

const client = new Countersign({ url: server.url });
const given = messages(records);
const model = await startModel(given);
cleanup.defer(() => model.close());
await withMessages(client, project, given);
await labelled(client, project, model.url);

const browser = await chromium.launch({
  executablePath: await chromiumPath(),
  args: ["--no-sandbox", "--disable-gpu"],
});
cleanup.defer(() => browser.close());
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`${server.url}/p/${project}/review`);
await page.locator("[data-option]").first().waitFor();

const meter = await page.evaluateHandle(startMeter);
for (let given = 0; given < verdicts; given += 1) {
  const suggested = await page.locator("[data-hand='machine']").getAttribute("data-option");
  await page.keyboard.press(given % 5 < 4 ? "Enter" : suggested === "neg" ? "3" : "1");
  await page.waitForFunction(([times, n]) => times.length > n, [meter, given] as const);
}
const times = await meter.jsonValue();
await page.locator("[data-saved='yes']", { hasText: "saved" }).waitFor({ timeout: 60_000 });
const stored = await client.records.search({
  project,
  where: { label: { status: ["confirmed", "corrected"] } },
  limit: 1,
  count: "exact",
});
if (stored.count?.n !== verdicts)
  throw new Error(`${stored.count?.n} of ${verdicts} verdicts are stored`);

const sorted = times.toSorted((a, b) => a - b);
const at = (share: number): string =>
  (sorted[Math.ceil(share * sorted.length) - 1] ?? 0).toFixed(1);
process.stdout.write(
  [
    `key press to next record painted, ${verdicts} verdicts of ${records} labels`,
    `p50 ${at(0.5)} ms   p95 ${at(0.95)} ms   most ${at(1)} ms   goal p95 ≤ ${goalMs} ms`,
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${browser.version()}`,
    "",
  ].join("\n"),
);
process.exitCode = Number(at(0.95)) <= goalMs ? 0 : 1;

/**
 * Runs in the page: from now on each key press adds the milliseconds from the press, as the browser dates it, until the
 * frame that holds another record has been painted. (A message posted from a frame's animation callback arrives after
 * that frame's paint.)
 */
function startMeter(): number[] {
  const times: number[] = [];
  const text = () => document.querySelector("section[aria-label='Record']")?.textContent;
  const onPaint = (then: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(undefined);
    });
  const press = ({ timeStamp }: KeyboardEvent) => {
    const before = text();
    const look = () => {
      if (text() === before) onPaint(look);
      else times.push(performance.now() - timeStamp);
    };
    onPaint(look);
  };
  window.addEventListener("keydown", press, { capture: true });
  return times;
}
