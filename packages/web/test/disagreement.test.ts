import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { labelled, messages, startModel, withMessages } from "./stage.ts";

const given = messages(8);

test("who disagrees with whom is counted, and a count leads to its records, by mouse and by keyboard", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startModel(given);
  const job = await labelled(desk.client, "tweets", model.url);
  await model.close();
  const { records } = await desk.client.records.search({ project: "tweets" });
  await desk.client.labels.set({
    project: "tweets",
    labels: records.slice(0, 4).map(({ id }) => ({ record: id, name: "sentiment", value: "pos" })),
  });
  const page = await desk.open("/p/tweets/data");
  await page.getByRole("button", { name: "More …" }).click();
  await page.getByRole("menuitem", { name: "Who disagrees with whom?" }).click();
  const matrix = page.getByRole("table", { name: "Disagreement on sentiment" });
  const cells = () => matrix.getByRole("cell").filter({ hasText: /of/ }).allTextContents();
  // Of the four both labelled, the machine said positive of two.
  await matrix.waitFor();
  expect(await cells()).toEqual([expect.stringMatching(/^2 of 4/)]);
  await matrix.getByText("simulated").waitFor();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Between: anybody but gold" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: `job ${job}` }).press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "gold" }).press("Enter");
  await page.keyboard.press("Escape");
  // The machine gets the first of each four kinds wrong.
  await expect.poll(cells).toEqual([expect.stringMatching(/^2 of 8/)]);
  await page.reload();
  await expect.poll(cells).toEqual([expect.stringMatching(/^2 of 8/)]);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);

  await matrix.getByRole("link", { name: "disagree on 2 of 8 records" }).press("Enter");
  await page.getByText("2 of 8 records").waitFor();
  await page.getByText(/^in conflict over sentiment between/).waitFor();
  expect(
    await page.locator("tr[data-row] button").evaluateAll((keys) => keys.map((k) => k.textContent)),
  ).toEqual([expect.stringContaining("m1"), expect.stringContaining("m5")]);
});

test("with one annotator, what is missing for a comparison is said", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const page = await desk.open("/p/tweets/data?panel=disagreement", { width: 380 });
  await page.getByRole("heading", { name: "Nobody to compare yet" }).waitFor();
  expect(await page.getByRole("alert").count()).toBe(0);
  expect(await violations(page)).toEqual([]);
});
