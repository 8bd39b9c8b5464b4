import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

const folder = await temporaryFolder();
const at = (name: string) => join(folder.path, name);
const environment = { COUNTERSIGN_DATA_DIR: at("data") };
const run = (...words: string[]) => countersign(words, environment);

async function done(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...words);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

let stop: (() => Promise<void>) | undefined;
afterAll(() => stop?.());

beforeAll(async () => {
  // Commands find it, and need not start a database each.
  const server = start(["serve", "--port", "0"], environment);
  await printed(server.child, /Countersign is at/);
  stop = async () => {
    server.child.kill("SIGTERM");
    await server.finished;
    await folder[Symbol.asyncDispose]();
  };
  const options = [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ];
  await writeFile(at("schema.json"), JSON.stringify({ labels: [{ name: "tone", options }] }));
  await writeFile(at("in.csv"), "id,text,truth,part\n1,good,pos,train\n2,bad,neg,test\n");
  await done("project", "create", "p");
  await done("schema", "set", at("schema.json"));
  await done("records", "import", at("in.csv"), "--key", "id", "--text", "text", "--gold", "truth");
});

it("the file's name tells the format, and each is written whole or not at all", async () => {
  for (const [name, begin] of [
    ["out.csv", "key,text,metadata,tone.model"],
    ["out.xlsx", "PK"],
  ] as const) {
    await done("records", "export", "--out", at(name));
    expect((await readFile(at(name))).toString("latin1").slice(0, begin.length)).toBe(begin);
  }
  expect((await readdir(folder.path)).filter((name) => name.includes("partial"))).toEqual([]);
});

it("a Hugging Face dataset is a folder, or an archive where that is asked for", async () => {
  const words = ["records", "export", "--format", "huggingface", "--split-by", "part", "--out"];
  await done(...words, at("dataset"));
  expect((await readdir(at("dataset"), { recursive: true })).sort()).toEqual([
    "README.md",
    "data",
    join("data", "test.parquet"),
    join("data", "train.parquet"),
  ]);
  await done(...words, at("dataset.zip"));
  expect((await readFile(at("dataset.zip"))).subarray(0, 2).toString()).toBe("PK");

  await mkdir(at("full"));
  await writeFile(at("full/mine.txt"), "mine");
  const refused = await run(...words, at("full"));
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("is not empty") });
  expect(await readFile(at("full/mine.txt"), "utf8")).toBe("mine");
});

it("a name that does not tell the format is refused, and no file is made", async () => {
  for (const name of ["out.docx", "out"]) {
    const refused = await run("records", "export", "--out", at(name));
    expect(refused).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("does not tell the format"),
    });
    await expect(readFile(at(name))).rejects.toThrow("ENOENT");
  }
});

it("columns, shape and records are chosen by options", async () => {
  const csv = await done(
    ...["records", "export", "--format", "csv", "--key", "2", "--columns", "tone.gold, key"],
  );
  expect(csv).toBe("tone.gold,key\nneg,2\n");
  const long = await done("records", "export", "--shape", "long", "--columns", '["key","value"]');
  expect(long).toBe('{"key":"1","value":"pos"}\n{"key":"2","value":"neg"}\n');
  const unknown = await run("records", "export", "--columns", "nothing");
  expect(unknown).toMatchObject({ code: 1, stdout: "" });
  expect(unknown.stderr).toMatch(/no column “nothing”[\s\S]*There are: key, text, metadata,/);
});

it("the labelling interface for Label Studio is printed", async () => {
  expect(await done("records", "export", "--label-config")).toContain(
    '<Choices name="tone" toName="text" choice="single"',
  );
});
