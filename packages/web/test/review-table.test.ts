import { expect, test } from "vitest";
import { openReview, project, saved } from "./review-stage.ts";

test("rows are judged by key, stay where they are, and go when the filter is applied again", async () => {
  await using desk = await openReview(8);
  const page = await desk.review("view=table&order=imported");
  const rows = page.locator("tr[data-row]");
  expect(await rows.count()).toBe(8);
  await page.keyboard.press("Enter");
  await page.keyboard.press("1");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await saved(page);
  const status = ({ status }: { status: string }) => status;
  expect((await desk.labels()).map(status).slice(0, 5)).toEqual([
    "confirmed",
    "corrected",
    "unverified",
    "confirmed",
    "unverified",
  ]);
  expect(await rows.count()).toBe(8);
  expect(
    await rows
      .nth(1)
      .locator("[data-hand]")
      .evaluateAll((chips) => chips.map((chip) => chip.getAttribute("data-hand"))),
  ).toEqual(["person", "overruled"]);
  await page.getByText("3 rows no longer match").waitFor();
  await page.getByRole("button", { name: "refresh" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tr[data-row]").length === 5);
});

test("many rows are selected and judged as one act, taken back as one act", async () => {
  await using desk = await openReview(250);
  const page = await desk.review("view=table&order=imported");
  await page.keyboard.press(" ");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await page.getByText("3 selected").waitFor();
  await page.keyboard.press("Shift+ArrowUp");
  await page.getByText("2 selected").waitFor();
  await page.getByRole("button", { name: "Select all 250 that match" }).click();
  await page.getByRole("button", { name: "Confirm 250 labels" }).click();
  await saved(page);
  const states = async () => new Set((await desk.labels()).map(({ status }) => status));
  expect(await states()).toEqual(new Set(["confirmed"]));
  await page.keyboard.press("u");
  await saved(page);
  expect(await states()).toEqual(new Set(["unverified"]));

  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Correct to…" }).click();
  await page.getByRole("menuitem", { name: "neutral" }).click();
  await saved(page);
  const corrected = (await desk.labels()).filter(({ status }) => status === "corrected");
  expect(corrected.map(({ verified }) => verified?.value)).toEqual(["neu"]);
});

test("the mouse does what keys do: select, confirm, correct, unfold, open", async () => {
  await using desk = await openReview(8);
  const page = await desk.review("view=table&order=imported");
  const row = (at: number) => page.locator(`tr[data-row='${at}']`);
  await row(2).hover();
  await row(2).getByRole("button", { name: "confirm" }).click();
  await row(1).locator("[data-hand]").click();
  await page.getByRole("menuitem", { name: "neutral" }).click();
  await row(4).getByRole("checkbox").click();
  await row(6)
    .getByRole("checkbox")
    .click({ modifiers: ["Shift"] });
  await page.getByText("3 selected").waitFor();
  await page.getByRole("button", { name: "Clear" }).click();
  await saved(page);
  const labels = await desk.labels();
  expect(labels[2]?.status).toBe("confirmed");
  expect(labels[1]).toMatchObject({ status: "corrected", verified: { value: "neu" } });

  await row(3).focus();
  await page.keyboard.press("ArrowRight");
  await page
    .locator("tbody", { has: row(3) })
    .getByText("again & nobody answers (4)")
    .nth(1)
    .waitFor();
  await page.keyboard.press("ArrowLeft");
  await row(3)
    .getByRole("button", { name: /nobody answers/ })
    .click();
  await page.getByRole("region", { name: "Record" }).getByText("(4)").waitFor();
  await page.keyboard.press("t");
  await page.locator("tr[data-row='3'][data-current]").waitFor();
  await page.getByText("One by one").click();
  await page.getByText("Table", { exact: true }).click();
  await page.locator("tr[data-row='3'][data-current]").waitFor();
  await page.keyboard.press("ArrowDown");
  await page.locator("tr[data-row='4'][data-current]").waitFor();
});

test("a keyword is found, marked, and typed without judging anything", async () => {
  await using desk = await openReview(8);
  const page = await desk.review("view=table");
  await page.keyboard.press("/");
  await page.keyboard.type("WIFI");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("tr[data-row]").length === 2);
  expect(await page.locator("tr[data-row] mark").allInnerTexts()).toEqual(["wifi", "wifi"]);
  expect(new URL(page.url()).searchParams.get("keyword")).toBe("WIFI");
  await page.keyboard.press("s");
  await page.getByRole("region", { name: "Record" }).locator("mark").waitFor();
  expect(
    (
      await desk.client.records.search({
        project,
        where: { label: { status: ["confirmed", "corrected"] } },
      })
    ).records,
  ).toEqual([]);
});

test("the filter narrows by status, value and confidence, and the address keeps all of it", async () => {
  await using desk = await openReview(20);
  const page = await desk.review("view=table");
  const rows = page.locator("tr[data-row]");
  await page.keyboard.press("Enter");
  await saved(page);

  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("menuitemradio", { name: "confirmed (1)" }).click();
  await page.waitForFunction(() => document.querySelectorAll("tr[data-row]").length === 1);

  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("menuitemradio", { name: "verified or not" }).click();
  await page.getByRole("button", { name: /^Value/ }).click();
  await page.getByRole("menuitemcheckbox", { name: /neutral/ }).click();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelectorAll("tr[data-row]").length === 5);

  await page.getByRole("button", { name: /^Confidence/ }).click();
  await page.getByRole("img", { name: /Labels by confidence/ }).waitFor();
  await page.getByLabel("Below", { exact: true }).fill("0.7");
  await page.getByRole("button", { name: "Apply" }).click();
  const expected = (await desk.labels()).filter(
    ({ value, confidence }) => value === "neu" && (confidence ?? 1) < 0.7,
  ).length;
  expect(expected).toBeGreaterThan(0);
  await page.waitForFunction(
    (n) => document.querySelectorAll("tr[data-row]").length === n,
    expected,
  );

  await rows.nth(1).focus();
  await page.waitForURL(/record=/);
  await page.reload();
  await rows.first().waitFor();
  expect(await rows.count()).toBe(expected);
  await page.locator("tr[data-row='1'][data-current]").waitFor();
});
