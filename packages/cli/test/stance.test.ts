import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Evaluation, ImportReport, Job } from "@countersign/core";
import type { ExportedRecord } from "@countersign/sdk";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { hasSharedData, sharedData } from "../../../test/shared-data.ts";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

const example = join(import.meta.dirname, "../../../examples/stance");
const file = join(sharedData, "stance/stance.csv");

it.skipIf(!hasSharedData)(
  "2,299 real sentences with a real model's labels: the whole walk reports exactly what the file itself yields (needs ../shared/data)",
  { timeout: 120_000 },
  async () => {
    await using folder = await temporaryFolder();
    const own = { COUNTERSIGN_DATA_DIR: join(folder.path, "data") };
    const json = async <Value>(...words: string[]): Promise<Value> => {
      const finished = await countersign([...words, "--json"], own);
      expect(finished, words.join(" ")).toMatchObject({ code: 0 });
      return JSON.parse(finished.stdout) as Value;
    };

    const replies = join(folder.path, "replies.jsonl");
    await promisify(execFile)(process.execPath, [
      join(example, "replies.ts"),
      "--in",
      file,
      "--out",
      replies,
    ]);
    const simulator = start(["simulate", "--replies", replies, "--port", "0"]);
    try {
      const [, baseUrl = ""] = await printed(simulator.child, /(http:\S+\/v1)/);
      await json("project", "create", "stance");
      await json("schema", "set", join(example, "schema.json"));
      const importing = ["records", "import", file, "--key", "", "--text", "text", "--gold", "Y"];
      const report = await json<ImportReport>(...importing);
      expect(report).toMatchObject({ rows: 2299, added: 2299, unchanged: 0, goldLabels: 2299 });
      const again = await json<ImportReport>(...importing);
      expect(again).toMatchObject({ rows: 2299, added: 0, unchanged: 2299, goldLabels: 0 });

      await json(
        "agent",
        "create",
        "--model",
        "simulated-gpt-4o",
        "--base-url",
        baseUrl,
        "--name",
        "replay",
      );
      const job = await json<Job>("job", "run", "--agent", "replay", "--concurrency", "64");
      expect(job).toMatchObject({ state: "done", simulated: true });
      expect(job.progress.outcomes.labelled).toBe(2299);

      const rows = parse(await readFile(file), { columns: true, bom: true }) as Record<
        string,
        string
      >[];
      const expected = independentComparison(rows);
      for (const gold of [["--gold", "Y"], []]) {
        const evaluation = await json<Evaluation>("compare", "--job", String(job.id), ...gold);
        expect(evaluation.accuracy).toMatchObject({ hits: expected.correct, n: rows.length });
        expect(
          Object.fromEntries(
            evaluation.confusion.map((pair) => [`${pair.gold} → ${pair.predicted}`, pair.n]),
          ),
        ).toEqual(expected.confusion);
        for (const measures of evaluation.classes) {
          const own = expected.classes[measures.value];
          expect(measures.recall).toMatchObject({ hits: own?.correct, n: own?.gold });
          expect(measures.precision).toMatchObject({ hits: own?.correct, n: own?.predicted });
        }
      }

      const out = join(folder.path, "labelled.jsonl");
      await json("records", "export", "--out", out);
      const lines = (await readFile(out, "utf8")).trimEnd().split("\n");
      const exported = lines.map((line) => JSON.parse(line) as ExportedRecord);
      expect(exported.map((record) => record.key)).toEqual(rows.map((row) => row[""]));
      expect(exported.map((record) => record.labels.stance?.final)).toMatchObject(
        rows.map((row) => ({
          value: row["Yhat (GPT4o)"],
          source: "model",
          by: expect.any(String),
        })),
      );
    } finally {
      simulator.child.kill("SIGINT");
      await simulator.finished;
    }
  },
);

/** Counts straight from the file's rows, by nothing of ours. */
function independentComparison(rows: readonly Record<string, string>[]) {
  const confusion: Record<string, number> = {};
  const classes: Record<string, { gold: number; predicted: number; correct: number }> = {};
  let correct = 0;
  const classOf = (name: string) => {
    classes[name] ??= { gold: 0, predicted: 0, correct: 0 };
    return classes[name];
  };
  for (const row of rows) {
    const gold = row.Y ?? "";
    const predicted = row["Yhat (GPT4o)"] ?? "";
    confusion[`${gold} → ${predicted}`] = (confusion[`${gold} → ${predicted}`] ?? 0) + 1;
    classOf(gold).gold += 1;
    classOf(predicted).predicted += 1;
    if (gold === predicted) {
      correct += 1;
      classOf(gold).correct += 1;
    }
  }
  expect(correct).toBe(1729);
  return { correct, confusion, classes };
}
