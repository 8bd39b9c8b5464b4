import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

const project = "tweets";
const rows = "id,text\na1,late again\na2,lovely crew\n";

test("what was imported is listed with who, when and its counts, and its rejected rows are saved", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(2));
  const { id } = await desk.client.imports.upload({
    project,
    name: "mixed.csv",
    file: new Blob(["id,text\nb1,fine\nb2\nb3,good\n"]),
  });
  await desk.client.imports.commit({
    project,
    import: id,
    mapping: { key: "id", text: "text" },
    badRows: "leave-out",
  });
  const page = await desk.open(`/p/${project}/data?panel=import`);
  const list = page.getByRole("table", { name: "Imports" });
  const row = list.getByRole("row", { name: "mixed.csv" });
  await row.waitFor();
  expect((await row.getByRole("cell").allTextContents()).slice(1, 6)).toEqual([
    "imported",
    expect.stringMatching(/ by \S+$/),
    "2",
    "0",
    "1",
  ]);
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    row.getByRole("button", { name: "Save rejected rows of mixed.csv" }).press("Enter"),
  ]);
  expect(download.suggestedFilename()).toBe(`import-${id}-rejected.csv`);
});

test("a file that broke off is sent to its end and imported; another file is not taken for it", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: project });
  const begun = await desk.client.imports.create({ project, name: "a.csv", size: rows.length });
  await desk.client.imports.part({
    project,
    import: begun.id,
    offset: 0,
    bytes: new Blob([rows.slice(0, 20)]),
  });
  const page = await desk.open(`/p/${project}/data`, { width: 380 });
  const list = page.getByRole("table", { name: "Imports" });
  await list.getByText("54 % sent").waitFor();
  expect(await violations(page)).toEqual([]);
  const rest = list.locator("input[type=file]");
  const file = (text: string) => ({
    name: "a.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  const choose = async (text: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      list.getByRole("button", { name: "Send the rest of a.csv" }).click(),
    ]);
    await chooser.setFiles(file(text));
  };
  await choose("id,text\n");
  await list.getByText("a.csv has 8 bytes; the one that was begun has 37 bytes.").waitFor();
  await choose(rows);
  await page.getByRole("button", { name: "Import a.csv" }).click();
  await page.getByText("2 records added.").waitFor();
  expect(await rest.count()).toBe(0);
  const [only, ...others] = await Array.fromAsync(desk.client.imports.list({ project }));
  expect(only).toMatchObject({ id: begun.id, state: "imported" });
  expect(others).toEqual([]);
});

test("a refused file is gone on with as it is here, or removed", async () => {
  await using desk = await openDesk();
  await desk.client.projects.create({ name: project });
  const { id } = await desk.client.imports.upload({
    project,
    name: "odd.csv",
    file: new Blob(["id,text\nb1,fine\nb2\n"]),
  });
  await expect(
    desk.client.imports.commit({ project, import: id, mapping: { key: "id", text: "text" } }),
  ).rejects.toThrow();
  await desk.client.imports.upload({ project, name: "unwanted.csv", file: new Blob([rows]) });
  const page = await desk.open(`/p/${project}/data`);
  const list = page.getByRole("table", { name: "Imports" });
  await list.getByText("refused, nothing stored").waitFor();

  await list.getByRole("button", { name: "Remove unwanted.csv …" }).press("Enter");
  await page.getByText("The 37 bytes that are here go").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove unwanted.csv", exact: true }).press("Enter");
  await list.getByText("unwanted.csv").waitFor({ state: "detached" });

  await list.getByRole("button", { name: "Go on with odd.csv" }).press("Enter");
  await page.getByRole("rowheader", { name: "text" }).waitFor();
  await page.getByRole("button", { name: "Bad rows: stops the import" }).click();
  await page.getByRole("menuitemradio", { name: "is left out" }).click();
  await page.getByRole("button", { name: "Import odd.csv" }).click();
  await page.getByText("1 record added.").waitFor();
  expect((await desk.client.projects.get({ project })).records).toBe(1);
});
