import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { pressed, project, saved } from "./review-stage.ts";
import { labelled, messages, startModel, withMessages } from "./stage.ts";

test("a model's labels that came with a file are chosen, and verified by keys like a job's", async () => {
  await using desk = await openDesk();
  const given = messages(4);
  await withMessages(desk.client, project, given);
  const rows = given.map(({ id, text }, at) =>
    JSON.stringify({ id, text, llm: at === 0 ? "pos" : "neg", sure: 0.5 + at / 10 }),
  );
  await desk.client.records.import({
    project,
    format: "jsonl",
    duplicates: "update",
    mapping: {
      key: "id",
      text: "text",
      labels: [
        { label: "sentiment", column: "llm", by: { name: "old model" }, confidence: "sure" },
      ],
    },
    file: rows.join("\n"),
  });
  const page = await desk.open(`/p/${project}/review`);
  const facts = page.getByRole("complementary", { name: "About this record" });
  await facts.getByText("old model").waitFor();
  await facts.getByText("came with an import").waitFor();
  expect(await page.getByRole("button", { name: "prompt and reply" }).count()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await pressed(page, "Enter");
  await pressed(page, "3");
  await pressed(page, "Enter");
  await pressed(page, "u");
  await saved(page);
  const by = { model: "old model" };
  const { records } = await desk.client.records.search({ project });
  expect(records.map(({ labels }) => [labels[0]?.status, labels[0]?.verified?.value])).toEqual([
    ["confirmed", "pos"],
    ["corrected", "pos"],
    ["unverified", undefined],
    ["unverified", undefined],
  ]);

  const model = await startModel(given);
  const job = await labelled(desk.client, project, model.url);
  await model.close();
  await page.goto(`${page.url().split("?")[0]}?job=${job}&status=any`);
  await facts.getByText(`job ${job}`, { exact: false }).first().waitFor();
  await page.getByRole("button", { name: /^Whose labels/ }).click();
  await page.getByRole("menuitemradio", { name: "old model, imported · 4" }).click();
  await facts.getByText("came with an import").waitFor();
  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("menuitemradio", { name: "corrected (1)", exact: true }).click();
  await page.getByText("(2)").first().waitFor();
  expect(new URL(page.url()).searchParams.get("model")).toBe("old model");
  const where = { label: { name: "sentiment", by, status: ["corrected" as const] } };
  expect((await desk.client.records.search({ project, where })).records).toHaveLength(1);
});
