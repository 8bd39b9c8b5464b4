import { expect, test } from "vitest";
import { openReview, pressed, project, recordText, saved } from "./review-stage.ts";

/** Confirms, but for every fourth record, which is corrected to an option that was not suggested; by key. */
test("twenty labels are verified with the keyboard alone, and the server has every verdict", async () => {
  await using desk = await openReview(20);
  const page = await desk.review();
  const suggested = page.locator("[data-option][data-hand='machine']");
  for (let at = 0; at < 20; at += 1) {
    const value = await suggested.getAttribute("data-option");
    await pressed(page, at % 4 === 3 ? (value === "neg" ? "3" : "1") : "Enter");
  }
  await page.getByRole("heading", { name: "That was the last one." }).waitFor();
  await page.getByText("You judged 20 labels: 15 confirmed, 5 corrected.").waitFor();
  await page.getByText("75.0 %").waitFor();
  await saved(page);

  const labels = await desk.labels();
  expect(labels.filter(({ status }) => status === "confirmed")).toHaveLength(15);
  const corrected = labels.filter(({ status }) => status === "corrected");
  expect(corrected).toHaveLength(5);
  for (const { value, verified } of corrected)
    expect(verified?.value).toBe(value === "neg" ? "pos" : "neg");
});

test("the suggestion's own key confirms it, and a click does what a key does", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  await pressed(page, "3");
  const text = page.getByRole("region", { name: "Record" });
  await page.locator("[data-option='neg']").click();
  await text.getByText("(3)").waitFor();
  await page.getByRole("button", { name: "confirm" }).click();
  await text.getByText("(4)").waitFor();
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await desk.labels()).map(({ status, verified }) => [status, verified?.value])).toEqual([
    ["confirmed", "pos"],
    ["corrected", "neg"],
    ["confirmed", "neu"],
    ["confirmed", "neg"],
  ]);
});

test("undo goes back to the first decision and erases nothing", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  const first = await recordText(page);
  await pressed(page, "Enter");
  await pressed(page, "1");
  await saved(page);
  await pressed(page, "u");
  await page.getByRole("button", { name: "undo" }).click();
  expect(await recordText(page)).toBe(first);
  await saved(page);
  expect((await desk.labels()).map(({ status }) => status)).toEqual(Array(4).fill("unverified"));
  const [record] = (await desk.client.records.search({ project })).records;
  const history = await desk.client.records.get({ project, record: record?.id ?? 0 });
  expect(history.verifications.map(({ verdict }) => verdict)).toEqual(["CONFIRMS", "RETRACTS"]);
});

test("one goes back and forth without deciding, skips, and comes back to what was skipped", async () => {
  await using desk = await openReview(3);
  const page = await desk.review("order=imported");
  await pressed(page, "ArrowRight");
  await pressed(page, "Backspace");
  expect(await recordText(page)).toContain("(1)");
  await pressed(page, "Shift+Enter");
  await pressed(page, "Enter");
  await pressed(page, "Enter");
  await page.getByRole("button", { name: "See the 1 skipped" }).click();
  expect(await recordText(page)).toContain("(1)");
  await saved(page);
  expect((await desk.labels()).map(({ status }) => status)).toEqual([
    "unverified",
    "confirmed",
    "confirmed",
  ]);
});

test("blind, nothing tells what the model said until the person has decided", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  await page.keyboard.press("b");
  const main = page.getByRole("main");
  await main.getByText("is hidden until you have decided").waitFor();
  const seen = await main.textContent();
  expect(seen).not.toContain("suggested");
  expect(seen).not.toMatch(/0\.\d\d/);
  expect(await page.locator("[data-option]:not([data-hand='nobody'])").count()).toBe(0);

  const first = await recordText(page);
  await page.keyboard.press("Enter");
  await page
    .getByText("The suggestion is hidden: choose an option.")
    .waitFor({ state: "attached" });
  expect(await recordText(page)).toBe(first);

  await pressed(page, "1");
  expect(await page.locator("[data-option]:not([data-hand='nobody'])").count()).toBe(0);
  await pressed(page, "ArrowLeft");
  expect(await page.locator("[data-option='pos']").getAttribute("data-hand")).toBe("overruled");
  expect(await page.locator("[data-option='neg']").getAttribute("data-hand")).toBe("person");
  expect(new URL(page.url()).searchParams.get("blind")).toBe("true");
});

test("what was done and what comes next is said to those who listen", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  await pressed(page, "Enter");
  const said = page.getByRole("status");
  expect(await said.textContent()).toMatch(/^confirmed positive; next record: thank you/);
  await pressed(page, "1");
  expect(await said.textContent()).toMatch(/^corrected to negative; next record: is there wifi/);
});

test("a text is shown as it is, in its own direction, and a long one scrolls where it stands", async () => {
  const said = "neutral";
  const long = `${"word ".repeat(5000)}end`;
  await using desk = await openReview([
    { id: "html", text: "<img src=x onerror=alert(1)> & <b>bold</b>", gold: "neutral", said },
    { id: "arabic", text: "الرحلة تأخرت أربع ساعات", gold: "neutral", said },
    { id: "long", text: long, gold: "neutral", said },
  ]);
  const page = await desk.review("order=imported");
  expect(await recordText(page)).toBe("<img src=x onerror=alert(1)> & <b>bold</b>");
  const options = page.locator("[data-option='neg']");
  const place = await options.boundingBox();
  await pressed(page, "Enter");
  const text = page.getByText("الرحلة").first();
  expect(await text.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  await pressed(page, "Enter");
  expect(await options.boundingBox()).toEqual(place);
  const region = page.getByRole("region", { name: "Record" });
  await page.keyboard.press("j");
  await page.waitForFunction(
    (element) => (element?.scrollTop ?? 0) > 0,
    await region.elementHandle(),
  );
  await page.keyboard.press("k");
  await page.waitForFunction((element) => element?.scrollTop === 0, await region.elementHandle());
});

test("an address may name a record that the filter does not hold", async () => {
  await using desk = await openReview(3);
  const [, second] = (await desk.client.records.search({ project })).records;
  const page = await desk.review(`status=confirmed&record=${second?.id}`);
  expect(await recordText(page)).toContain("(2)");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "That was the last one." }).waitFor();
  await saved(page);
  expect((await desk.labels())[1]?.status).toBe("confirmed");
});
