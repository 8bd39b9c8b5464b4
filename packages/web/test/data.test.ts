import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { labelled, messages, startModel, withMessages } from "./stage.ts";

const given = messages(20);

test("records are found, filtered and unfolded by keyboard; the address holds it all", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startModel(given);
  const job = await labelled(desk.client, "tweets", model.url);
  await model.close();
  const page = await desk.open("/p/tweets/data");
  await page.getByText("20 records", { exact: true }).waitFor();
  await page.getByText("no LLM was called").waitFor();
  expect(await page.getByText("simulated", { exact: true }).count()).toBeGreaterThanOrEqual(20);

  await page.keyboard.press("/");
  await page.keyboard.type("<B>lost");
  await page.keyboard.press("Enter");
  await page.getByText("5 of 20 records").waitFor();
  expect(await page.locator("td mark").first().textContent()).toBe("<b>lost");
  expect(await page.locator("td b").count()).toBe(0);

  await page.getByRole("button", { name: "By: anybody" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemradio", { name: `job ${job}` }).press("Enter");
  await page.getByRole("button", { name: "Value: any value" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "positive" }).press("Enter");
  await page.getByText("0 of 20 records").waitFor();
  await page.getByRole("menuitemcheckbox", { name: "negative" }).press("Enter");
  await page.getByText("5 of 20 records").waitFor();
  await page.keyboard.press("Escape");

  await page.getByRole("button", { name: "m4", exact: true }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  const panel = page.getByRole("heading", { name: "Other columns as imported" });
  await panel.waitFor();
  const address = new URL(page.url()).searchParams;
  expect(Object.fromEntries(address)).toMatchObject({
    keyword: "<B>lost",
    by: String(job),
    values: '["neg","pos"]',
  });
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);

  await page.reload();
  await panel.waitFor();
  await page.getByRole("button", { name: "m8", exact: true }).focus();
  await page.keyboard.press("ArrowLeft");
  await panel.waitFor({ state: "hidden" });
});

test("a label looks as the hands that wrote it: hollow, solid, or solid beside the struck one", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startModel(given);
  await labelled(desk.client, "tweets", model.url);
  await model.close();
  const { records } = await desk.client.records.search({ project: "tweets", limit: 2 });
  const made = (place: number) =>
    records[place]?.labels.find(({ annotator }) => annotator.kind === "job")?.id ?? 0;
  await desk.client.verifications.record({
    project: "tweets",
    decisions: [
      { label: made(0), verdict: "CORRECTS", value: "neg" },
      { label: made(1), verdict: "CONFIRMS" },
    ],
  });
  const page = await desk.open("/p/tweets/data");
  const hands = (row: number) =>
    page
      .locator(`tr[data-row="${row}"] [data-hand]`)
      .evaluateAll((chips) =>
        chips.map((chip) => [chip.getAttribute("data-hand"), chip.textContent]),
      );
  await page.getByText("20 records", { exact: true }).waitFor();
  expect(await hands(0)).toEqual([
    ["person", "person’s label: negative"],
    ["overruled", "overruled machine’s label: positive"],
  ]);
  expect(await hands(1)).toEqual([["person", "person’s label: positive"]]);
  expect(await hands(2)).toEqual([["machine", "machine’s label: neutral"]]);

  await page.getByRole("button", { name: "State: verified or not" }).click();
  await page.getByRole("menuitemradio", { name: "corrected" }).click();
  await page.getByText("1 of 20 records").waitFor();
  await page.getByRole("button", { name: "m1", exact: true }).click();
  await page.getByText("corrected “positive” to “negative”").waitFor();
});

test("five thousand records scroll from end to end, with a screenful of them drawn", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(5000));
  const page = await desk.open("/p/tweets/data");
  await page.getByText("5,000 records", { exact: true }).waitFor();
  await page.getByRole("button", { name: "m1", exact: true }).focus();
  await expect
    .poll(
      async () => {
        await page.keyboard.press("End");
        return page.getByRole("button", { name: "m5000", exact: true }).count();
      },
      { timeout: 20_000 },
    )
    .toBe(1);
  expect(await page.locator("tr[data-row]").count()).toBeLessThan(80);
  await page.keyboard.press("Home");
  await page.getByRole("button", { name: "m1", exact: true }).waitFor();
});

test("the records shown are exported, and no others", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const page = await desk.open("/p/tweets/data?keyword=Tokyo");
  await page.getByText("5 of 20 records").waitFor();
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "JSON Lines" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("tweets.jsonl");
  const lines = await text(await download.createReadStream());
  const keys = lines
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).key);
  expect(keys).toEqual(["m3", "m7", "m11", "m15", "m19"]);
});

test("records are deleted when what would go has been seen, and a project when its name is typed", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const page = await desk.open("/p/tweets/data?keyword=Tokyo");
  await page.getByText("5 of 20 records").waitFor();
  await page.getByRole("button", { name: "More …" }).click();
  await page.getByRole("menuitem", { name: "Delete records …" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("5 records, 5 labels and 0 verdicts go for good.").waitFor();
  expect(await violations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Delete 5 records" }).click();
  await page.getByText("0 of 15 records").waitFor();

  await desk.client.projects.create({ name: "kept" });
  await page.goto(new URL("/", page.url()).href);
  await page.getByRole("button", { name: "Delete project tweets …" }).click();
  const act = dialog.getByRole("button", { name: "Delete project tweets" });
  await dialog.getByText("15 records, 15 labels and 0 verdicts go for good.").waitFor();
  expect(await act.isDisabled()).toBe(true);
  await dialog.getByRole("textbox").fill("tweets");
  await act.click();
  await page.getByRole("link", { name: "tweets" }).waitFor({ state: "detached" });
  expect((await desk.client.projects.list({})).items.map(({ name }) => name)).toEqual(["kept"]);
});
