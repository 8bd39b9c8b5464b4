import type { Condition } from "@countersign/core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { type Desk, openDesk } from "./browser.ts";
import { labelled, messages, startModel, withMessages } from "./stage.ts";

const project = "tweets";

/** Eight messages that a model has labelled and of which two were countersigned; all stand in an assignment. */
async function withVerdicts({ client }: Desk): Promise<void> {
  const given = messages(8);
  await withMessages(client, project, given);
  const model = await startModel(given);
  const job = await labelled(client, project, model.url);
  await model.close();
  const { records } = await client.records.search({ project });
  const made = (place: number) =>
    records[place]?.labels.find(({ annotator }) => annotator.kind === "job")?.id ?? 0;
  await client.verifications.record({
    project,
    decisions: [
      { label: made(0), verdict: "CORRECTS", value: "neg" },
      { label: made(1), verdict: "CONFIRMS" },
    ],
  });
  await client.assignments.create({ project, name: "first look", mode: "verify", job });
  await client.records.setMetadata({
    project,
    entries: records.map(({ id }, at) => ({
      record: id,
      set: { day: `2026-01-0${at + 1}`, long: at > 4 },
    })),
  });
}

const choose = async (page: Page, kind: string) => {
  await page.getByRole("button", { name: "Add a condition: and …" }).click();
  await page.getByRole("button", { name: kind }).click();
};
const narrow = (page: Page) => page.getByRole("button", { name: "Narrow the records" }).click();
const conditions = (page: Page): readonly Condition[] =>
  JSON.parse(new URL(page.url()).searchParams.get("and") ?? "[]");

test("conditions on verdicts, assignments, labels’ facts, kinds of metadata and keys are made by mouse", async () => {
  await using desk = await openDesk();
  await withVerdicts(desk);
  const page = await desk.open(`/p/${project}/data`);
  await page.getByText("8 records", { exact: true }).waitFor();
  const finds = async (records: number, expected: Condition) => {
    await page.getByText(`${records} of 8 records`).waitFor();
    expect(conditions(page)).toEqual([expected]);
    await page.getByRole("button", { name: "show all" }).click();
    await page.getByText("8 records", { exact: true }).waitFor();
  };

  await choose(page, "countersigned by, when …");
  await page.getByLabel("Verdict").selectOption("corrected");
  await page.getByLabel("From").fill("2026-01-01");
  await page.getByLabel("Until").fill("2099-12-31");
  expect(await violations(page)).toEqual([]);
  await narrow(page);
  await finds(1, {
    label: {
      status: ["corrected"],
      verified: { at: { ">=": "2026-01-01", "<": "2100-01-01" } },
    },
  });

  await choose(page, "a label says …");
  await page.getByRole("combobox", { name: "Options" }).click();
  for (const option of ["negative", "neutral", "positive"])
    await page.getByRole("option", { name: option }).click();
  await page.getByLabel("It says").focus();
  expect(await violations(page)).toEqual([]);
  await narrow(page);
  await finds(8, { label: { name: "sentiment", says: { any: ["neg", "neu", "pos"] } } });

  await choose(page, "in an assignment …");
  await page.getByLabel("There").selectOption("open: there is a place for somebody");
  expect(await violations(page)).toEqual([]);
  await narrow(page);
  await finds(8, { assignment: { name: "first look", is: "open" } });

  await choose(page, "a label’s model, cost, facts …");
  await page.getByRole("combobox", { name: "Its" }).fill("simulated");
  await page.getByLabel("Kind").selectOption("yes or no");
  expect(await violations(page)).toEqual([]);
  await narrow(page);
  await finds(8, { label: { metadata: { simulated: { "==": true } } } });

  await choose(page, "metadata is …");
  expect(await page.getByLabel("Kind").inputValue()).toBe("day");
  await page.getByLabel("Comparison").selectOption("is less than");
  await page.getByLabel("Value").fill("2026-01-04");
  expect(await violations(page)).toEqual([]);
  await narrow(page);
  await finds(3, { metadata: { day: { "<": "2026-01-04" } } });

  await choose(page, "with these keys …");
  await page.getByLabel("Keys").fill("m1\nm2\nm2\n");
  await page.getByLabel("All records but these").check();
  await narrow(page);
  await finds(6, { not: [{ key: ["m1", "m2"] }] });
});

test("any of several conditions, a nested one among them, are put together by keyboard", async () => {
  await using desk = await openDesk();
  await withVerdicts(desk);
  const page = await desk.open(`/p/${project}/data`, { width: 380 });
  await page.getByText("8 records", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add a condition: and …" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "any or none of several …" }).press("Enter");
  const group = page.getByRole("region", { name: "Several conditions" }).first();

  await group.getByRole("button", { name: "metadata is …" }).press("Enter");
  await page.getByRole("combobox", { name: "Metadata" }).fill("long");
  await page.getByRole("button", { name: "Add the condition" }).press("Enter");
  await group.getByText("where long is true").waitFor();

  await group.getByRole("button", { name: "with these keys …" }).press("Enter");
  await page.getByLabel("Keys").fill("m1");
  await page.getByRole("button", { name: "Add the condition" }).press("Enter");
  await group.getByText("with the key m1").waitFor();
  expect(await violations(page)).toEqual([]);

  await group.getByRole("button", { name: "Narrow the records by these 2" }).press("Enter");
  await page.getByText("4 of 8 records").waitFor();
  expect(conditions(page)).toEqual([
    { any: [{ metadata: { long: { "==": true } } }, { key: ["m1"] }] },
  ]);
  await page.getByText("(where long is true or with the key m1)").waitFor();
});

test("the labels of a model that came with the import are shown and searched by its name", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, []);
  await desk.client.records.import({
    project,
    format: "jsonl",
    mapping: {
      key: "id",
      text: "text",
      labels: [{ label: "sentiment", column: "gpt", by: { name: "gpt-4: old" }, kind: "model" }],
    },
    file: '{"id":"a","text":"late","gpt":"negative"}\n{"id":"b","text":"lovely","gpt":""}',
  });
  const page = await desk.open(`/p/${project}/data`);
  await page.getByText("2 records", { exact: true }).waitFor();
  await page.getByRole("button", { name: "By: anybody" }).click();
  await page.getByRole("menuitemradio", { name: "model gpt-4: old" }).click();
  await page.getByText("1 of 2 records").waitFor();
  expect(await page.locator("tr[data-row] [data-hand]").allTextContents()).toEqual([
    "machine’s label: negative",
  ]);
  await page.reload();
  await page.getByRole("button", { name: "By: model gpt-4: old" }).waitFor();
  await page.getByText("1 of 2 records").waitFor();
});

test("the window itself never scrolls: what is only spoken stays within its list", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(60));
  for (const width of [380, 1280]) {
    const page = await desk.open(`/p/${project}/data`, { width });
    await page.getByText("60 records", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Add a condition: and …" }).click();
    await page.getByRole("button", { name: "metadata is …" }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  }
});
