import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { optionsOf, SchemaDocument } from "@countersign/core";
import { startSimulator } from "@countersign/simulator";
import { parse } from "csv-parse/sync";
import { expect, it, onTestFinished } from "vitest";
import { hasSharedData, sharedData } from "./shared-data.ts";

const root = join(import.meta.dirname, "..");
const source = join(sharedData, "stance/stance.csv");

interface Row {
  readonly text: string;
  readonly Y: string;
  readonly "Yhat (GPT4o)": string;
}

it.skipIf(!hasSharedData)(
  "the stance example replays GPT-4o's own label for each of the 2,299 records (skipped where the shared data is absent)",
  async () => {
    const folder = await mkdtemp(join(tmpdir(), "stance-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const replies = join(folder, "replies.jsonl");
    const script = join(root, "examples/stance/replies.ts");
    await promisify(execFile)(process.execPath, [script, "--in", source, "--out", replies]);

    const running = await startSimulator({ replies, port: 0 });
    onTestFinished(running.close);
    const answer = async (text: string): Promise<string> => {
      const response = await fetch(`${running.url}/chat/completions`, {
        method: "POST",
        body: JSON.stringify({
          model: "simulated-gpt-4o",
          messages: [{ role: "user", content: `<text>\n${text}\n</text>` }],
        }),
      });
      return /"content":"stance: (\w+)"/.exec(await response.text())?.[1] ?? "none";
    };
    const rows = parse<Row>(await readFile(source), { columns: true });
    const answers = await Promise.all(rows.map((row) => answer(row.text)));
    expect(answers).toEqual(rows.map((row) => row["Yhat (GPT4o)"]));
    const confusion = (people: string) =>
      ["agrees", "neutral", "disagrees"].map(
        (model) => answers.filter((value, i) => value === model && rows[i]?.Y === people).length,
      );
    expect(confusion("agrees")).toEqual([817, 39, 14]);
    expect(confusion("neutral")).toEqual([349, 554, 85]);
    expect(confusion("disagrees")).toEqual([16, 67, 358]);
  },
);

it("the stance example's schema is one, with the three options of the data", async () => {
  const schema = SchemaDocument.parse(
    JSON.parse(await readFile(join(root, "examples/stance/schema.json"), "utf8")),
  );
  expect(schema.labels.flatMap(optionsOf).map((option) => option.value)).toEqual([
    "agrees",
    "neutral",
    "disagrees",
  ]);
});
