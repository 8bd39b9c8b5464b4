import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

const project = "tweets";
const file = (name: string, mimeType: string, text: string) => ({
  name,
  mimeType,
  buffer: Buffer.from(text),
});

test("codes, who gave a label and how sure a model was are said of the columns that hold them", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, []);
  const page = await desk.open(`/p/${project}/data`);
  await page
    .locator("input[type=file]")
    .setInputFiles(
      file(
        "codes.csv",
        "text/csv",
        "id,text,coded,worker,gpt,sure\na,late again,1,Ann,negative,0.7\nb,lovely crew,2,Ben,positive,0.9\nc,no bag,1,Ann,negative,0.5\nd,nice,2,Ben,positive,0.8\n",
      ),
    );
  const becomes = (column: string) => page.getByLabel(`Column ${column} becomes`);
  await becomes("text").selectOption("the text");
  await becomes("coded").selectOption("sentiment by a person");
  await page.getByLabel("In column coded “1” stands for").selectOption("negative");
  await page.getByLabel("In column coded “2” stands for").selectOption("positive");
  await page
    .getByLabel("Who gave the labels of column coded", { exact: true })
    .selectOption("worker");
  await becomes("gpt").selectOption("sentiment by a model");
  await page.getByLabel("Name of who gave the labels of column gpt").fill("gpt-4");
  await page.getByLabel("Confidence of the labels of column gpt").selectOption("sure");
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize({ width: 380, height: 800 });
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Import codes.csv" }).click();
  await page.getByText("4 records added.").waitFor();
  const { records } = await desk.client.records.search({ project, limit: 2 });
  const labels = records.map(({ labels }) =>
    labels.map(({ annotator, value, confidence }) => [
      annotator.kind,
      annotator.name,
      value,
      confidence,
    ]),
  );
  expect(labels).toEqual([
    expect.arrayContaining([
      ["person", "Ann", "neg", null],
      ["model", "gpt-4", "neg", 0.7],
    ]),
    expect.arrayContaining([
      ["person", "Ben", "pos", null],
      ["model", "gpt-4", "pos", 0.9],
    ]),
  ]);
});

test("what is done with known keys, same texts and bad rows is chosen, by keyboard", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(2));
  const page = await desk.open(`/p/${project}/data?panel=import`);
  await page
    .locator("input[type=file]")
    .setInputFiles(
      file(
        "more.csv",
        "text/csv",
        "id,text\nm1,another text\nm9,is there wifi?\nm10,is there wifi?\nm11\n",
      ),
    );
  const choose = async (part: string, words: string) => {
    await page.getByRole("button", { name: part }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitemradio", { name: words }).press("Enter");
  };
  await choose("Duplicate keys:", "replaces what is there");
  await choose("Same texts:", "joins the record with it");
  await choose("Bad rows:", "is left out");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Import more.csv" }).press("Enter");
  await page.getByText("1 record added.").waitFor();
  const told = await page.locator("main dl > div").allTextContents();
  expect(told).toEqual(
    expect.arrayContaining([
      "Updated1",
      "Joined to a record with the same text1",
      "Rejected and left out1",
    ]),
  );
  const { records } = await desk.client.records.search({ project });
  expect(records.map(({ key, content }) => [key, content])).toEqual([
    ["m1", "another text"],
    ["m2", "thank you, the crew was lovely (2)"],
    ["m9", "is there wifi?"],
  ]);
});

test("Label Studio's tasks bring labels along, and which of the schema's they are is said", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, []);
  const choice = (value: string) => ({
    from_name: "mood",
    to_name: "text",
    type: "choices",
    value: { choices: [value] },
  });
  const tasks = [
    {
      id: 7,
      data: { text: "late again" },
      annotations: [{ id: 1, completed_by: { email: "ann@example.org" }, result: [choice("neg")] }],
      predictions: [{ model_version: "v1", score: 0.6, result: [choice("pos")] }],
    },
  ];
  const page = await desk.open(`/p/${project}/data`);
  await page
    .locator("input[type=file]")
    .setInputFiles(file("tasks.json", "application/json", JSON.stringify(tasks)));
  await page.getByRole("button", { name: "Layout: Label Studio’s tasks" }).waitFor();
  const control = page.getByLabel("Label mood becomes");
  // Recognised by its values; it can be left out, and taken in again.
  expect(await control.inputValue()).toBe("sentiment");
  await control.selectOption("left out");
  await control.selectOption("sentiment");
  await page.getByLabel("Column text becomes").selectOption("the text");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Import tasks.json" }).click();
  await page.getByText("1 record added.").waitFor();
  const { records } = await desk.client.records.search({ project });
  expect(
    records[0]?.labels.map(({ annotator: { kind, name }, value }) => [kind, name, value]),
  ).toEqual(
    expect.arrayContaining([
      ["person", "ann@example.org", "neg"],
      ["model", "v1", "pos"],
    ]),
  );
});

test("a conversation is shown turn by turn, and of an image its address; nothing is fetched for it", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: project });
  await desk.client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", turns: "chat" },
    file: JSON.stringify({
      id: "c1",
      chat: [
        { role: "user", content: "Where is <b>my bag</b>?" },
        { role: "assistant", content: "In Tokyo." },
      ],
    }),
  });
  await desk.client.records.import({
    project,
    format: "jsonl",
    mapping: { key: "id", image: "picture" },
    file: JSON.stringify({ id: "i1", picture: "https://images.example/bag.png" }),
  });
  const page = await desk.open(`/p/${project}/data`);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.getByRole("button", { name: "c1", exact: true }).press("ArrowRight");
  const turns = page.locator('tbody[data-index="0"] ol').first().getByRole("listitem");
  await turns.first().waitFor();
  expect(await turns.allTextContents()).toEqual([
    expect.stringMatching(/user.*Where is <b>my bag<\/b>\?/s),
    expect.stringMatching(/assistant.*In Tokyo\./s),
  ]);
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "i1", exact: true }).click();
  await page
    .locator('tbody[data-index="1"]')
    .getByText("https://images.example/bag.png")
    .last()
    .waitFor();
  expect(await violations(page)).toEqual([]);
  expect(asked.filter((url) => url.includes("images.example"))).toEqual([]);
});
