import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { type Desk, openDesk } from "./browser.ts";

const project = "letters";

/** Twelve records with numbers and languages in their metadata. */
async function withRecords({ client }: Desk): Promise<void> {
  await client.projects.create({ name: project });
  const rows = Array.from({ length: 12 }, (_, at) =>
    JSON.stringify({
      id: `k${at}`,
      text: `letter number ${at} about a ${at % 2 === 0 ? "late bag" : "kind crew"}`,
      stars: at,
      language: at % 3 === 0 ? "de" : "en",
    }),
  );
  await client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", text: "text", metadata: ["stars", "language"] },
    file: rows.join("\n"),
  });
}

test("records are narrowed by metadata, ordered by it, and kept as a subset that is then shown", async () => {
  await using desk = await openDesk();
  await withRecords(desk);
  const page = await desk.open(`/p/${project}/data`);
  await page.getByText("12 records", { exact: true }).waitFor();

  await page.getByRole("button", { name: "Add a condition: and …" }).click();
  await page.getByRole("button", { name: "metadata is …" }).click();
  await page.getByRole("combobox", { name: "Metadata" }).fill("stars");
  await page.getByLabel("Comparison").selectOption("is at least");
  await page.getByLabel("Value").fill("7");
  await page.keyboard.press("Enter");
  await page.getByText("5 of 12 records").waitFor();
  await page.getByText("where stars ≥ 7").waitFor();

  await page.getByRole("button", { name: /^Order:/ }).click();
  await page.getByRole("menuitemradio", { name: "order of stars ↓" }).click();
  await expect
    .poll(() => page.locator('tr[data-row="0"] button').first().textContent())
    .toContain("k11");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Subset: save as subset" }).click();
  await page.getByLabel("Name").fill("many stars");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save the subset" }).click();
  await page.getByText("in the subset many stars").waitFor();
  await page.getByText("5 of 12 records").waitFor();
  expect(await desk.client.subsets.get({ project, subset: "many stars" })).toMatchObject({
    kind: "frozen",
    size: 5,
    sort: { by: "metadata", name: "stars", order: "descending" },
  });

  // The address holds it, and without the condition all are shown again.
  await page.reload();
  await page.getByText("in the subset many stars").click();
  await page.getByText("12 records", { exact: true }).waitFor();
});

test("a sample is drawn from what is shown, and a subset is chosen among those there are", async () => {
  await using desk = await openDesk();
  await withRecords(desk);
  const page = await desk.open(`/p/${project}/data`);
  await page.getByRole("button", { name: "Subset: save as subset" }).click();
  await page.getByLabel("Name").fill("pilot");
  await page.getByLabel("A random sample of them").check();
  await page.getByLabel("Records drawn").fill("6");
  await page.getByLabel("Drawn from each").selectOption("language");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await page.getByText("6 of 12 records").waitFor();
  const { drawing } = await desk.client.subsets.get({ project, subset: "pilot" });
  expect(drawing?.drawn).toEqual([
    { value: "de", records: 4, drawn: 2 },
    { value: "en", records: 8, drawn: 4 },
  ]);

  await page.getByRole("button", { name: "show all" }).click();
  await page.getByText("12 records", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Add a condition: and …" }).click();
  await page.getByRole("button", { name: "in a subset …" }).click();
  await page.getByLabel("Records that are not in it").check();
  await page.getByRole("button", { name: "Narrow the records" }).click();
  await page.getByText("6 of 12 records").waitFor();
  await page.getByText("not (in the subset pilot)").waitFor();
});

test("what is wrong with a subset's name or a condition is told where it was given", async () => {
  await using desk = await openDesk();
  await withRecords(desk);
  await desk.client.subsets.create({ project, name: "taken" });
  const page = await desk.open(`/p/${project}/data`);
  await page.getByRole("button", { name: "Subset: save as subset" }).click();
  await page.getByLabel("Name").fill("taken");
  await page.getByRole("button", { name: "Save the subset" }).click();
  await page.getByText("already has a subset named “taken”").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "Add a condition: and …" }).click();
  await page.getByRole("button", { name: "any other condition …" }).click();
  await page.getByRole("textbox", { name: "Condition" }).fill('{"colour": 1}');
  await page.getByRole("button", { name: "Narrow the records" }).click();
  await page.getByText("It is no condition of a search").waitFor();
});

test("the records most like one are shown from it, with their scores, nearest first", async () => {
  await using desk = await openDesk();
  await withRecords(desk);
  const page = await desk.open(`/p/${project}/data`);
  await page.getByRole("button", { name: "k2", exact: true }).click();
  await page.getByRole("button", { name: "Show similar records" }).click();
  await page.getByText("most similar to one record").waitFor();
  const scored = page.locator("tr[data-row] [title^='How similar']");
  await scored.first().waitFor();
  const scores = await scored.allTextContents();
  expect(scores.length).toBeGreaterThan(3);
  expect(scores).toEqual(scores.toSorted().reverse());
  expect(await page.getByRole("button", { name: "k2", exact: true }).count()).toBe(0);
});

test("records most like one are found by vectors that are chosen by name", async () => {
  await using desk = await openDesk();
  await withRecords(desk);
  await desk.client.records.setMetadata({
    project,
    entries: Array.from({ length: 12 }, (_, at) => ({ record: `k${at}`, set: { place: [at, 1] } })),
  });
  await desk.client.records.vectors({ project, metadata: "place" });
  const page = await desk.open(`/p/${project}/data`);
  await page.getByRole("button", { name: "Add a condition: and …" }).click();
  await page.getByRole("button", { name: /similar|like/ }).click();
  // Imported vectors have no model that could make one of a text.
  await page.getByRole("textbox", { name: "or a text" }).waitFor();
  expect(await page.getByLabel("Compare").count()).toBe(0);
  await page.getByLabel("Keys of records").fill("k5");
  await page.getByLabel("Compare").selectOption("the vectors place");
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("At most").fill("2");
  await page.keyboard.press("Enter");
  await page.getByText("2 of 12 records").waitFor();
  for (const key of ["k4", "k6"])
    await page.getByRole("button", { name: key, exact: true }).waitFor();
});
