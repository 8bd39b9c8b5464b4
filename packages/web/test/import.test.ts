import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

const file = (name: string, text: string) => ({
  name,
  mimeType: "text/csv",
  buffer: Buffer.from(text),
});

const csv = `,year,sentence,truth
t1,2001,"Late again, no water.",negative
t2,2001,Thank you!,positive
t3,2002,"Is there
wifi?",neu
`;

test("a file is chosen, its columns are recognised, and what was done is told", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", []);
  const page = await desk.open("/p/tweets/data");
  await page.locator("input[type=file]").setInputFiles(file("tweets.csv", csv));
  await page.getByRole("heading", { name: "Which column is what?" }).waitFor();
  const becomes = (column: string) => page.getByLabel(`Column ${column} becomes`);
  expect(await becomes("without a name").inputValue()).toBe("key");
  expect(await becomes("sentence").inputValue()).toBe("text");
  expect(await becomes("truth").inputValue()).toBe("gold:sentiment");
  await becomes("year").selectOption("searchable metadata");
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Import tweets.csv" }).click();
  await page.getByText("3 records added.").waitFor();
  const { records } = await desk.client.records.search({ project: "tweets" });
  expect(records.map(({ key, content, metadata }) => [key, content, metadata])).toEqual([
    ["t1", "Late again, no water.", { year: 2001 }],
    ["t2", "Thank you!", { year: 2001 }],
    ["t3", "Is there\nwifi?", { year: 2002 }],
  ]);

  await page.getByRole("link", { name: "Look at the records" }).click();
  await page.getByText("3 records", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Import" }).click();
  await page.locator("input[type=file]").setInputFiles(file("tweets.csv", csv));
  await page.getByLabel("Column year becomes").selectOption("searchable metadata");
  await page.getByRole("button", { name: "Import tweets.csv" }).click();
  await page.getByText("Nothing changed: every row was already here").waitFor();
});

test("a broken file is refused with its rows named, and nothing of it is stored", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(2));
  const page = await desk.open("/p/tweets/data?panel=import");
  const broken = "id,text\nm9,fine\nm9,again\nm10\n";
  await page.locator("input[type=file]").setInputFiles(file("broken.csv", broken));
  await page.getByRole("button", { name: "Import broken.csv" }).click();
  const alert = page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/nothing/i);
  expect(await alert.getByRole("cell").allTextContents()).toEqual([
    "4",
    "",
    expect.stringContaining("1 cell"),
  ]);
  expect(await violations(page)).toEqual([]);
  expect((await desk.client.projects.get({ project: "tweets" })).records).toBe(2);
});

test("a dropped file is taken; a wrong guess of its form is put right", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: "tweets" });
  const page = await desk.open("/p/tweets/data");
  const target = page.getByRole("region", { name: "File to import" });
  await target.waitFor();
  const dropped = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["id;text\n1;a, b\n"], "odd.csv"));
    return transfer;
  });
  await target.dispatchEvent("drop", { dataTransfer: dropped });
  await page.getByRole("button", { name: "Read as: CSV with semicolons" }).click();
  await page.getByRole("menuitemradio", { name: "CSV with commas" }).click();
  await page.getByRole("rowheader", { name: "id;text" }).waitFor();
  await page.getByRole("button", { name: "Read as: CSV with commas" }).click();
  await page.getByRole("menuitemradio", { name: "CSV with semicolons" }).click();
  await page.getByRole("button", { name: "Import odd.csv" }).click();
  await page.getByText("1 record added.").waitFor();
  await page.getByRole("link", { name: "Say what is asked of them" }).waitFor();
});
