import { optionsOf } from "@countersign/core";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";

test("a schema is written by keyboard, a fault in it is named, and a change is a new version", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: "tweets" });
  const page = await desk.open("/p/tweets/data?panel=schema");
  await page.getByLabel("Label", { exact: true }).focus();
  await page.keyboard.type("tone");
  await page.getByLabel("Value, stored").first().focus();
  await page.keyboard.type("neg");
  await page.keyboard.press("Tab");
  await page.keyboard.type("negative");
  await page.getByLabel("Value, stored").nth(1).focus();
  await page.keyboard.type("Negative");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("twice among its options").waitFor();
  expect(await violations(page)).toEqual([]);

  await page.getByLabel("Value, stored").nth(1).fill("pos");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Save as version 2" }).waitFor();
  const first = await desk.client.schemas.get({ project: "tweets" });
  expect(first.document.labels.flatMap(optionsOf)).toEqual([
    { value: "neg", text: "negative" },
    { value: "pos", text: "pos" },
  ]);

  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByText("Nothing was changed, so there is no new version.").waitFor();

  await page.getByRole("button", { name: "Move pos up" }).click();
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByText("Earlier versions").waitFor();
  await page.getByText("Version 1, 1 label").click();
  await page.getByText("negative (neg)").waitFor();
  const second = await desk.client.schemas.get({ project: "tweets" });
  expect(second.document.labels.flatMap(optionsOf).map(({ value }) => value)).toEqual([
    "pos",
    "neg",
  ]);
});
