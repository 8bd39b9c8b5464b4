import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { countersign, printed, start, temporaryFolder } from "./countersign.ts";

it("an agent is looked at before it is made: prompts, tokens, price, window; agents are listed by what they are", async () => {
  await using folder = await temporaryFolder();
  const at = (name: string) => join(folder.path, name);
  await writeFile(at("reviews.csv"), "id,text\n1,good coffee\n2,bad tea\n");
  await writeFile(
    at("schema.json"),
    JSON.stringify({
      labels: [{ name: "tone", options: ["good", "bad"].map((value) => ({ value, text: value })) }],
    }),
  );
  const environment = { COUNTERSIGN_DATA_DIR: at("data") };
  const run = (...words: string[]) => countersign(words, environment);
  const server = start(["serve", "--port", "0"], environment);
  await printed(server.child, /Countersign is at/);
  for (const words of [
    ["project", "create", "reviews"],
    ["schema", "set", at("schema.json")],
    ["records", "import", at("reviews.csv"), "--key", "id", "--text", "text"],
  ])
    expect((await run(...words)).code).toBe(0);

  const preview = ["agent", "preview", "--model", "gpt-4.1-mini"];
  const shown = await run(...preview, "--key", "2");
  expect(shown).toMatchObject({ code: 0, stderr: "" });
  expect(shown.stdout).toMatch(/— record 2: \d+ tokens, \$0\.0000\d+ —/);
  expect(shown.stdout).toMatch(/bad tea/);
  expect(shown.stdout).not.toMatch(/good coffee/);
  expect(shown.stdout).toMatch(/the model takes [\d,]{9,} tokens/);
  expect(shown.stdout).toMatch(/a thousand records like these: \$0\.\d+/);
  const tight = await run(...preview, "--capabilities", '{"contextTokens": 9}', "--json");
  expect(JSON.parse(tight.stdout)).toMatchObject({
    prompts: [
      { key: "1", fits: false },
      { key: "2", fits: false },
    ],
    contextTokens: 9,
  });
  const absent = await run(...preview, "--key", "3");
  expect(absent.code).toBe(1);
  expect(absent.stderr).toMatch(/no record with the key “3”/);

  expect((await run("agent", "list")).stdout).toMatch(/No agent yet/);
  expect((await run("agent", "create", "--model", "gpt-4.1-mini")).code).toBe(0);
  const ofOpenAi = await run("agent", "list", "--provider", "openai", "--model", "gpt-4.1-mini");
  expect(ofOpenAi.stdout).toMatch(/gpt-4\.1-mini/);
  expect((await run("agent", "list", "--provider", "mistral")).stdout).toBe("No such agent.\n");
  expect((await run("agent", "list", "--provider", "nobody")).code).toBe(2);
  server.child.kill("SIGTERM");
  await server.finished;
}, 120_000);
