import { optionsOf } from "@countersign/core";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { openReviewOf } from "./review-stage.ts";

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

test("renaming an option maps its labels, and removing one that is in use asks first", async () => {
  await using desk = await openReviewOf(
    { name: "tone", options: ["good", "bad", "so-so"].map((value) => ({ value, text: value })) },
    [
      { text: "Lovely.", reply: "good" },
      { text: "Awful.", reply: "bad" },
    ],
  );
  const { project, client } = { project: "airline", client: desk.client };
  const page = await desk.open(`/p/${project}/data?panel=schema`);
  await page.getByRole("textbox", { name: "Value, stored" }).first().fill("positive");
  await page.getByText("was “good”: labels that say so become “positive”").waitFor();
  await page.getByRole("combobox", { name: "Colour" }).first().selectOption("teal");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByText("“tone”: option “good” is “positive” now").waitFor();
  expect((await desk.labels()).map(({ value, schemaVersion }) => [value, schemaVersion])).toEqual([
    ["positive", 2],
    ["bad", 2],
  ]);

  await page.getByRole("button", { name: "Remove bad" }).click();
  await page.getByRole("button", { name: "Save as version 3" }).click();
  const question = page.getByRole("alert");
  await question
    .getByText("would orphan 1 label: 1 label, since “tone” loses the option “bad”")
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await question.getByRole("button", { name: "Go on editing" }).click();
  expect(await client.schemas.get({ project })).toMatchObject({ version: 2 });
  await page.getByRole("button", { name: "Save as version 3" }).click();
  await question.getByRole("button", { name: "Leave these labels behind and save" }).click();
  await page.getByRole("button", { name: "Save as version 4" }).waitFor();
  const { document } = await client.schemas.get({ project });
  expect(document.labels.flatMap(optionsOf)).toEqual([
    { value: "positive", text: "good", colour: "teal" },
    { value: "so-so", text: "so-so" },
  ]);
});

test("every kind of label is written on the screen", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: "kinds" });
  const page = await desk.open("/p/kinds/data?panel=schema");
  await page.getByLabel("Label", { exact: true }).fill("stars");
  await page.getByLabel("It gets").selectOption("number");
  await page.getByLabel("From").fill("1");
  await page.getByLabel("To", { exact: true }).fill("5");
  await page.getByLabel("In steps of").fill("1");
  await page.getByRole("button", { name: "Add a label" }).click();
  const second = page.getByRole("group", { name: "Label 2" });
  await second.getByLabel("Label", { exact: true }).fill("who");
  await second.getByLabel("Labelled is").selectOption("span");
  await second.getByLabel("Value, stored").first().fill("person");
  await second.getByRole("button", { name: "Remove option 2" }).click();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Save as version 1" }).click();
  await page.getByRole("button", { name: "Save as version 2" }).waitFor();
  expect((await desk.client.schemas.get({ project: "kinds" })).document.labels).toEqual([
    { name: "stars", level: "record", kind: "number", min: 1, max: 5, step: 1 },
    {
      name: "who",
      level: "span",
      kind: "single",
      options: [{ value: "person", text: "person" }],
    },
  ]);
});
