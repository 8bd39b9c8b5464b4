import { openAsBlob } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { readSchema } from "@countersign/core";
import type { ExportedRecord } from "@countersign/sdk";
import { startSimulator } from "@countersign/simulator";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { given } from "../../../test/given.ts";
import { hasSharedData, sharedData } from "../../../test/shared-data.ts";
import { openDesk } from "./browser.ts";
import { pressed, saved } from "./review-stage.ts";

const project = "stance";
const file = join(sharedData, "stance/stance.csv");
const schema = join(import.meta.dirname, "../../../examples/stance/schema.json");

test.skipIf(!hasSharedData)(
  "of 2,299 real labels twenty are verified by keyboard, five of them corrected; the export holds every hand's label (needs ../shared/data)",
  { timeout: 120_000 },
  async () => {
    await using desk = await openDesk();
    const { client } = desk;
    const rows: Record<string, string>[] = parse(await readFile(file), {
      columns: true,
      bom: true,
    });
    const model = await startSimulator({
      port: 0,
      replies: rows.map((row) => ({
        match: row.text ?? "",
        reply: `stance: ${row["Yhat (GPT4o)"]}`,
        model: "simulated-gpt-4o",
      })),
    });
    await client.projects.create({ name: project });
    await client.schemas.set({
      project,
      ...given(readSchema(JSON.parse(await readFile(schema, "utf8")))),
    });
    await client.records.import({
      project,
      format: "csv",
      mapping: { key: "", text: "text", gold: { stance: "Y" } },
      file: await openAsBlob(file),
    });
    const agent = await client.agents.create({
      project,
      model: { provider: "openai-compatible", model: "simulated-gpt-4o", baseUrl: model.url },
    });
    const job = await client.jobs.run({ project, agent: agent.id, settings: { concurrency: 64 } });
    for await (const { progress } of client.jobs.watch({ project, job: job.id }))
      if (progress.remaining === 0 && progress.total > 0) break;
    await model.close();

    const page = await desk.open(`/p/${project}/review?job=${job.id}`);
    const options = page.locator("[data-option]");
    await options.first().waitFor();
    const decided: { suggested: string; final: string }[] = [];
    for (let at = 0; at < 20; at += 1) {
      const values = await options.evaluateAll((all) => all.map((one) => one.dataset.option ?? ""));
      const suggested =
        (await page.locator("[data-option][data-hand='machine']").getAttribute("data-option")) ??
        "";
      const other = values.findIndex((value) => value !== suggested);
      const correct = at % 4 === 3;
      decided.push({ suggested, final: correct ? (values[other] ?? "") : suggested });
      await pressed(page, correct ? String(other + 1) : "Enter");
    }
    await saved(page);

    const lines = (await text(await client.records.export({ project, format: "jsonl" })))
      .trimEnd()
      .split("\n");
    const exported = lines.map((line) => (JSON.parse(line) as ExportedRecord).labels.stance);
    expect(exported).toHaveLength(rows.length);
    // Labels without a confidence are shown in the order of import.
    expect(exported.slice(0, 20)).toEqual(
      decided.map(({ suggested, final }) => {
        const verdict = final === suggested ? "confirmed" : "corrected";
        return expect.objectContaining({
          model: expect.objectContaining({ value: suggested, confidence: null, simulated: true }),
          verification: expect.objectContaining({ verdict, value: final }),
          final: expect.objectContaining({ value: final, source: verdict }),
        });
      }),
    );
    expect(decided.filter(({ suggested, final }) => suggested !== final)).toHaveLength(5);
    expect(exported.slice(20).map((label) => label?.final?.source)).toEqual(
      Array(rows.length - 20).fill("model"),
    );
    expect(exported.map((label) => label?.gold)).toEqual(rows.map((row) => row.Y));
  },
);
