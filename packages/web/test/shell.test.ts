import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";

test("an empty house explains the loop, and a project is made by keyboard alone", async () => {
  await using desk = await openDesk();
  const page = await desk.open("/");
  await page.getByRole("heading", { name: "What are you labelling?" }).waitFor();
  expect(await page.getByRole("listitem").allInnerTexts()).toEqual([
    expect.stringContaining("Data"),
    expect.stringContaining("Agents"),
    expect.stringContaining("Jobs"),
    expect.stringContaining("Review"),
    expect.stringContaining("Export"),
  ]);
  expect(await violations(page)).toEqual([]);

  await page.getByLabel("New project").focus();
  await page.keyboard.type("Airline Tweets");
  await page.keyboard.press("Enter");
  await page.getByText("a project name has 1 to 64 characters").waitFor();

  await page.getByLabel("New project").fill("airline-tweets");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/p/airline-tweets/data");
  expect((await desk.client.projects.get({ project: "airline-tweets" })).records).toBe(0);
});
