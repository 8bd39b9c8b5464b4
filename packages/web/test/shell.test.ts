import { tokens } from "@countersign/engine";
import { expect, test } from "vitest";
import { given } from "../../../test/given.ts";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

test("an empty house explains the loop, and a project is made by keyboard alone", async () => {
  await using desk = await openDesk();
  const page = await desk.open("/");
  await page.getByText("LLMs label the text first").waitFor();
  const steps = await page.getByRole("listitem").getByRole("heading").allInnerTexts();
  expect(steps).toEqual(["Data", "Agents", "Jobs", "Review", "Export"]);
  expect(await violations(page)).toEqual([]);

  await page.getByLabel("New project").focus();
  await page.keyboard.type("Airline Tweets");
  await page.keyboard.press("Enter");
  await page.getByText("a project name has 1 to 64 characters").waitFor();

  await page.getByLabel("New project").fill("airline-tweets");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/p/airline-tweets/data*");
  expect((await desk.client.projects.get({ project: "airline-tweets" })).records).toBe(0);

  await page.goto(desk.url);
  await page.getByRole("link", { name: "airline-tweets" }).click();
  await page.waitForURL("**/p/airline-tweets/data*");
});

test("every page is reached from the palette, and ? tells the keys", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(2));
  const page = await desk.open("/p/tweets/data");
  await page.getByRole("heading", { name: "What is there to label?" }).waitFor();

  await page.keyboard.press("Control+k");
  const field = page.getByRole("combobox", { name: "What would you like to do?" });
  await field.waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type("jobs");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/p/tweets/jobs");

  await page.keyboard.press("?");
  const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await keys.getByText("Search records").waitFor();
  await page.keyboard.press("Escape");
  await keys.waitFor({ state: "hidden" });

  await page.keyboard.press("/");
  await page.keyboard.type("late");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/p/tweets/data?keyword=late");
});

test("the rail is narrowed and stays so; the scheme is switched and stays so", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: "tweets" });
  const page = await desk.open("/p/tweets/jobs");
  await page.getByRole("button", { name: "Narrow the rail" }).click();
  await page.getByRole("button", { name: "Switch to dark" }).click();
  await page.reload();
  await page.getByRole("button", { name: "Widen the rail" }).waitFor();
  await page.getByRole("button", { name: "Switch to light" }).waitFor();
  expect(await page.locator("html").getAttribute("data-mantine-color-scheme")).toBe("dark");
  await page.getByRole("link", { name: "Agents" }).click();
  await page.waitForURL("**/p/tweets/agents");
});

test("off loopback the screen asks for a token, and opens with it", async () => {
  await using desk = await openDesk({ host: "0.0.0.0" });
  const { secret } = given(
    await tokens.create(desk.engine, { name: "maja", how: "local" }, { name: "maja" }),
  );
  const page = await desk.open("/");
  await page.getByRole("heading", { name: "This server asks who you are" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByLabel("Token", { exact: true }).fill("wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "This server asks who you are" }).waitFor();
  await page.getByLabel("Token", { exact: true }).fill(secret);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What are you labelling?" }).waitFor();
});

test("an address that leads nowhere, and a project that is not there, say so", async () => {
  await using desk = await openDesk();
  const page = await desk.open("/nothing/here");
  await page.getByRole("heading", { name: "There is no such page" }).waitFor();
  await page.goto(`${desk.url}/p/missing/jobs`);
  await page.getByRole("alert").getByText("no project named “missing”").waitFor();
  expect(await violations(page)).toEqual([]);
});
