import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

const project = "tweets";

test("one record's metadata is set with its kind, changed and taken away", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(3));
  const page = await desk.open(`/p/${project}/data`);
  const stored = async () =>
    (await desk.client.records.search({ project })).records.map(({ metadata }) => metadata);
  await page.getByRole("button", { name: "m2", exact: true }).click();
  const panel = page.locator('tbody[data-index="1"]');

  await panel.getByRole("button", { name: "Set metadata …" }).press("Enter");
  await panel.getByRole("combobox", { name: "Name" }).fill("stars");
  await panel.getByLabel("Kind").selectOption("number");
  await panel.getByLabel("Value").fill("4");
  expect(await violations(page)).toEqual([]);
  await panel.getByLabel("Value").press("Enter");
  await panel.getByRole("heading", { name: "Metadata" }).waitFor();
  expect(await stored()).toEqual([{}, { stars: 4 }, {}]);

  await panel.getByRole("button", { name: "Set metadata …" }).click();
  await panel.getByRole("combobox", { name: "Name" }).fill("stars");
  expect(await panel.getByLabel("Kind").inputValue()).toBe("number");
  expect(await panel.getByLabel("Value").inputValue()).toBe("4");
  await panel.getByLabel("Value").fill("four");
  expect(await panel.getByRole("button", { name: "Set stars" }).isDisabled()).toBe(true);
  await panel.getByRole("button", { name: "Remove stars" }).click();
  await panel.getByRole("heading", { name: "Metadata" }).waitFor({ state: "detached" });
  expect(await stored()).toEqual([{}, {}, {}]);
});

test("the records shown are given a value each, those with one passed over if asked, and no others", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(20));
  await desk.client.records.setMetadata({
    project,
    entries: [{ record: "m3", set: { seen: "2026-01-01" } }],
  });
  const page = await desk.open(`/p/${project}/data?keyword=Tokyo`);
  await page.getByText("5 of 20 records").waitFor();
  await page.getByRole("button", { name: "More …" }).click();
  await page.getByRole("menuitem", { name: "Set metadata …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("heading", { name: "Set metadata of 5 records" }).waitFor();
  await dialog.getByRole("combobox", { name: "Name" }).fill("seen");
  expect(await dialog.getByLabel("Kind").inputValue()).toBe("day");
  await dialog.getByLabel("Value").fill("2026-02-02");
  await dialog.getByLabel("Only where the name is missing").check();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Set seen" }).click();
  await dialog.waitFor({ state: "detached" });
  const { records } = await desk.client.records.search({
    project,
    where: { metadata: { seen: { exists: true } } },
  });
  expect(records.map(({ key, metadata }) => [key, metadata.seen])).toEqual([
    ["m3", "2026-01-01"],
    ["m7", "2026-02-02"],
    ["m11", "2026-02-02"],
    ["m15", "2026-02-02"],
    ["m19", "2026-02-02"],
  ]);

  await page.getByRole("button", { name: "More …" }).click();
  await page.getByRole("menuitem", { name: "Set metadata …" }).click();
  await dialog.getByRole("combobox", { name: "Name" }).fill("seen");
  await dialog.getByRole("button", { name: "Remove seen" }).click();
  await dialog.waitFor({ state: "detached" });
  const left = await desk.client.records.search({
    project,
    where: { metadata: { seen: { exists: true } } },
  });
  expect(left.records).toEqual([]);
});
