import { createHash } from "node:crypto";
import { canonicalJson, SchemaDocument } from "@countersign/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import * as projects from "../projects/index.ts";
import * as schemas from "../schemas/index.ts";
import { create, get, list, type NewAgent, preview } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };

const option = (value: string) => ({ value, text: value });
const document = SchemaDocument.parse({
  labels: [
    { name: "tone", options: ["good", "bad"].map(option) },
    { name: "topic", options: ["sport", "art"].map(option) },
  ],
});

const plain: NewAgent = {
  model: { provider: "openai-compatible", model: "m", baseUrl: "http://localhost:11434/v1" },
  parameters: { topLogprobs: 5 },
  prompt: {},
};

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

/** A project with the schema and two records. */
async function project(name: string): Promise<string> {
  given(await projects.create(engine, ann, { name }));
  given(await schemas.set(engine, ann, { project: name, document }));
  const { id } = await engine.db
    .selectFrom("projects")
    .select("id")
    .where("name", "=", name)
    .executeTakeFirstOrThrow();
  await engine.db
    .insertInto("records")
    .values(
      ["{{title}} of $it", "two"].map((content, index) => ({
        project_id: id,
        key: `k${index}`,
        content,
        source: JSON.stringify({ title: `title ${index}` }),
        metadata: "{}",
        created_by: "ann",
      })),
    )
    .execute();
  return name;
}

test("what is left out is decided from the schema, and the content's hash is the id", async () => {
  const p = await project("decided");
  const agent = given(await create(engine, ann, { project: p, ...plain }));
  expect(agent).toMatchObject({
    name: "m",
    created: true,
    createdBy: "ann",
    jobs: [],
    content: {
      model: plain.model,
      labels: ["tone", "topic"],
      prompt: { format: "line", user: expect.stringContaining("{{text}}") },
    },
  });
  expect(agent.content.prompt.system).toContain("Label: tone");
  expect(agent.id).toBe(createHash("sha256").update(canonicalJson(agent.content)).digest("hex"));
});

test("the same content is the same agent, under the name it has", async () => {
  const p = await project("same");
  const first = given(await create(engine, ann, { project: p, ...plain, name: "one" }));
  const second = given(
    await create(engine, ann, { project: p, ...plain, name: "two", labels: ["topic", "tone"] }),
  );
  expect(second).toEqual({ ...first, created: false });
  const changed = { ...plain, parameters: { topLogprobs: 5, temperature: 0 } };
  expect(given(await create(engine, ann, { project: p, ...changed })).created).toBe(true);
});

test("an agent may ask for some labels only, with any prompt that has a place for the text", async () => {
  const p = await project("some");
  const agent = given(
    await create(engine, ann, {
      project: p,
      ...plain,
      labels: ["topic"],
      prompt: { system: "", user: "Topic of {{text}}, titled {{ title }}?", format: "json" },
    }),
  );
  expect(agent.content).toMatchObject({ labels: ["topic"] });
  expect(agent.content.prompt).toEqual({
    user: "Topic of {{text}}, titled {{ title }}?",
    format: "json",
  });
});

test("the chat interface is the default, and naming it makes no other agent", async () => {
  const p = await project("interfaces");
  const make = async (model: NewAgent["model"]) =>
    given(await create(engine, ann, { project: p, ...plain, model }));
  const unnamed = await make({ provider: "openai", model: "gpt-4o" });
  const chat = await make({ provider: "openai", model: "gpt-4o", interface: "chat" });
  const responses = await make({ provider: "openai", model: "gpt-4o", interface: "responses" });
  expect(chat).toEqual({ ...unnamed, created: false });
  expect(responses).toMatchObject({
    created: true,
    content: { model: { interface: "responses" } },
  });
});

test("what the model does not take is told when the agent is made", async () => {
  const p = await project("notes");
  const agent = given(
    await create(engine, ann, {
      project: p,
      model: { provider: "anthropic", model: "claude-haiku-4-5" },
      parameters: { topLogprobs: 5 },
      prompt: {},
    }),
  );
  expect(agent.notes).toEqual([expect.stringContaining("no token probabilities")]);
});

const refused: [string, Partial<NewAgent>, string, string][] = [
  ["a label that the schema lacks", { labels: ["mood"] }, "label-not-in-schema", "“mood”"],
  ["a prompt without the text", { prompt: { user: "Label it." } }, "agent-invalid", "no place"],
  [
    "a slot for no column",
    { prompt: { user: "{{text}} {{author}}" } },
    "agent-invalid",
    "{{author}}",
  ],
  ["a NUL character", { prompt: { user: "{{text}}\0" } }, "agent-invalid", "NUL"],
  [
    "an address that is no web address",
    { model: { provider: "openai-compatible", model: "m", baseUrl: "file:///etc/passwd" } },
    "agent-invalid",
    "not an http or https address",
  ],
  [
    "a temperature that the model is known not to reach",
    {
      model: { provider: "anthropic", model: "claude-haiku-4-5" },
      parameters: { temperature: 2, topLogprobs: 0 },
    },
    "agent-invalid",
    "at most 1 for temperature",
  ],
  [
    "a dated version with Azure's responses",
    { model: { provider: "azure", model: "m", interface: "responses", apiVersion: "2024-10-21" } },
    "agent-invalid",
    "takes no API version",
  ],
  [
    "an endpoint with a password in it",
    { model: { provider: "azure", model: "m", endpoint: "https://me:secret@x.example" } },
    "agent-invalid",
    "would be stored",
  ],
  [
    "an address with a password in it",
    {
      model: {
        provider: "openai-compatible",
        model: "m",
        baseUrl: "https://me:secret@x.example/v1",
      },
    },
    "agent-invalid",
    "would be stored",
  ],
];
test.each(refused)("%s is refused", async (name, changed, type, words) => {
  const p = await project(`refused-${createHash("md5").update(name).digest("hex")}`);
  const result = await create(engine, ann, { project: p, ...plain, ...changed });
  expect(result).toMatchObject({ error: { type, what: expect.stringContaining(words) } });
  expect(JSON.stringify(result)).not.toContain("secret");
  expect(given(await list(engine, { project: p, limit: 10 })).items).toEqual([]);
});

test("who has only a token names no address but those that the server's operator allows", async () => {
  const p = await project("allowed");
  const guest: Actor = { name: "guest", how: "token" };
  const at = (baseUrl: string) => ({
    project: p,
    ...plain,
    model: { provider: "openai-compatible", model: "m", baseUrl } as const,
  });
  const named = {
    ...engine,
    environment: { COUNTERSIGN_MODEL_ADDRESSES: "https://a.example, http://b.example:8000/v1" },
  };
  for (const address of ["https://a.example/v1", "http://b.example:8000/other"])
    expect(await create(named, guest, at(address))).toMatchObject({ ok: true });
  for (const address of ["https://a.example.evil/v1", "http://a.example/v1", "http://b.example/v1"])
    expect(await create(named, guest, at(address))).toMatchObject({
      error: {
        type: "agent-invalid",
        next: expect.stringContaining("COUNTERSIGN_MODEL_ADDRESSES"),
      },
    });
  const azure = { provider: "azure", model: "m", endpoint: "https://x.openai.azure.com" } as const;
  expect(await create(engine, guest, { project: p, ...plain, model: azure })).toMatchObject({
    ok: false,
  });
  const own = { ...plain, model: { provider: "openai", model: "m" } as const };
  expect(await create(engine, guest, { project: p, ...own })).toMatchObject({ ok: true });
  expect(await create(engine, ann, at("http://anywhere.example/v1"))).toMatchObject({ ok: true });
});

test("an agent is found by id, by name, and by the beginning of its id", async () => {
  const p = await project("found");
  const old = given(await create(engine, ann, { project: p, ...plain, name: "mine" }));
  const changed = { ...plain, parameters: { topLogprobs: 5, seed: 1 }, name: "mine" };
  const young = given(await create(engine, ann, { project: p, ...changed }));
  const find = async (agent: string) => given(await get(engine, { project: p, agent })).id;
  expect(await find(old.id)).toBe(old.id);
  expect(await find(old.id.slice(0, 8))).toBe(old.id);
  expect(await find("mine")).toBe(young.id);
  for (const agent of [old.id.slice(0, 7), "min", "%", "________", "0".repeat(64)])
    expect(await get(engine, { project: p, agent })).toMatchObject({
      error: { type: "agent-not-found" },
    });
});

test("a beginning that fits two agents finds neither, and says so", async () => {
  const p = await project("twins");
  const { content } = given(await create(engine, ann, { project: p, ...plain }));
  const { id: projectId } = await engine.db
    .selectFrom("projects")
    .select("id")
    .where("name", "=", p)
    .executeTakeFirstOrThrow();
  const row = {
    project_id: projectId,
    name: "n",
    content: JSON.stringify(content),
    created_by: "ann",
  };
  await engine.db
    .insertInto("agents")
    .values(["a", "b"].map((end) => ({ ...row, id: `abcdef01${end.repeat(56)}` })))
    .execute();
  expect(await get(engine, { project: p, agent: "abcdef01" })).toMatchObject({
    error: { type: "agent-not-found", what: expect.stringContaining("Several") },
  });
  expect(await get(engine, { project: p, agent: "abcdef01a" })).toMatchObject({ ok: true });
});

test("agents are listed newest first, page after page", async () => {
  const p = await project("listed");
  for (let seed = 0; seed < 5; seed += 1) {
    const parameters = { topLogprobs: 5, seed };
    given(await create(engine, ann, { project: p, ...plain, parameters, name: `agent ${seed}` }));
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = given(await list(engine, { project: p, limit: 2, after }));
    seen.push(...page.items.map((agent) => agent.name));
    after = page.next ?? undefined;
  } while (after !== undefined);
  expect(seen).toEqual(["agent 4", "agent 3", "agent 2", "agent 1", "agent 0"]);
});

test("a preview shows the prompts of the first records and makes nothing", async () => {
  const p = await project("previewed");
  const agent = { ...plain, prompt: { system: "S", user: "{{title}}: {{text}}" } };
  const shown = given(await preview(engine, { project: p, agent, records: 2 }));
  expect(shown).toMatchObject({
    prompt: { system: "S", user: "{{title}}: {{text}}", format: "line" },
    prompts: [
      {
        key: "k0",
        system: "S",
        user: "title 0: {{title}} of $it",
        calls: 1,
        usd: null,
        fits: null,
      },
      { key: "k1", system: "S", user: "title 1: two" },
    ],
    tokenizer: { exact: false },
    contextTokens: null,
    usdPerThousand: null,
  });
  expect(given(await list(engine, { project: p, limit: 10 })).items).toEqual([]);
});

test("a preview counts tokens, tells the price of a record and of a thousand, and whether the prompt fits", async () => {
  const p = await project("counted");
  const model = { provider: "openai", model: "gpt-4.1-mini" } as const;
  const agent = { ...plain, model, prompt: { system: "", user: "{{text}}" } };
  const shown = given(await preview(engine, { project: p, agent, records: 2 }));
  expect(shown.tokenizer).toEqual({ name: "the model's own", exact: true });
  // “two” is one token; three for the message and three for the reply's beginning.
  expect(shown.prompts[1]).toMatchObject({ key: "k1", tokens: 7, fits: true, calls: 1 });
  const reply = Math.round(shown.replyTokens.likely);
  expect(shown.prompts[1]?.usd).toBeCloseTo(7 * 0.4e-6 + reply * 1.6e-6, 9);
  const [first, second] = shown.prompts;
  expect(shown.usdPerThousand).toBeCloseTo(500 * ((first?.usd ?? 0) + (second?.usd ?? 0)), 6);

  const small = { ...agent, model: { ...model, capabilities: { contextTokens: 7 } } };
  const tight = given(await preview(engine, { project: p, agent: small, records: 2 }));
  expect(tight.contextTokens).toBe(7);
  expect(tight.prompts.map(({ fits }) => fits)).toEqual([false, true]);

  const sampled = { ...agent, confidence: { by: "self-consistency", samples: 5 } as const };
  const five = given(await preview(engine, { project: p, agent: sampled, records: 2 }));
  expect(five.prompts[1]).toMatchObject({ tokens: 7, calls: 5 });
  expect(five.prompts[1]?.usd).toBeCloseTo(5 * (second?.usd ?? 0), 9);
});

test("a preview shows the records that are chosen, by search or by key, and says which are not there", async () => {
  const p = await project("chosen");
  const keysOf = async (more: object) =>
    given(await preview(engine, { project: p, agent: plain, records: 5, ...more })).prompts.map(
      ({ key }) => key,
    );
  expect(await keysOf({ keys: ["k1"] })).toEqual(["k1"]);
  expect(await keysOf({ where: { keyword: { text: "title", caseSensitive: false } } })).toEqual([
    "k0",
  ]);
  expect(await keysOf({ where: { keyword: { text: "nowhere", caseSensitive: false } } })).toEqual(
    [],
  );
  const refused = async (more: object) =>
    preview(engine, { project: p, agent: plain, records: 5, ...more });
  expect(await refused({ keys: ["k1", "k9"] })).toMatchObject({
    ok: false,
    error: { type: "record-not-found", what: expect.stringContaining("k9") },
  });
  expect(await refused({ where: { regex: { pattern: "(", caseSensitive: false } } })).toMatchObject(
    {
      ok: false,
      error: { type: "search-invalid" },
    },
  );
});

test("agents are listed by provider, model and creator, with their jobs", async () => {
  const p = await project("filtered");
  const bob: Actor = { name: "bob", how: "local" };
  const gpt = { provider: "openai", model: "gpt-4.1-mini" } as const;
  given(await create(engine, ann, { project: p, ...plain, name: "local" }));
  given(await create(engine, ann, { project: p, ...plain, model: gpt, name: "mini" }));
  given(await create(engine, bob, { project: p, ...plain, model: { ...gpt, model: "gpt-4o" } }));
  const names = async (filter: object) =>
    given(await list(engine, { project: p, limit: 10, ...filter })).items.map(({ name }) => name);
  expect(await names({ provider: "openai" })).toEqual(["gpt-4o", "mini"]);
  expect(await names({ model: "gpt-4.1-mini" })).toEqual(["mini"]);
  expect(await names({ creator: "ann" })).toEqual(["mini", "local"]);
  expect(await names({ provider: "openai", creator: "ann", model: "gpt-4o" })).toEqual([]);
  const page = given(await list(engine, { project: p, limit: 1, provider: "openai" }));
  expect(page.next).not.toBeNull();
  const rest = await list(engine, {
    project: p,
    limit: 1,
    provider: "openai",
    after: page.next ?? "",
  });
  expect(given(rest)).toMatchObject({ items: [{ name: "mini", jobs: [] }], next: null });
});

test("an agent that asks for structured replies says what becomes of it", async () => {
  const p = await project("structured");
  const notes = async (model: NewAgent["model"]) =>
    given(
      await create(engine, ann, { project: p, ...plain, model, prompt: { format: "structured" } }),
    ).notes;
  expect(await notes({ provider: "openai", model: "gpt-4o" })).toContain(
    "gpt-4o is held to a JSON Schema of the labels.",
  );
  expect(await notes({ provider: "openai", model: "gpt-4" })).toContain(
    "gpt-4 takes no JSON Schema: none is sent, and it is asked for JSON in words only.",
  );
  expect((await notes({ ...plain.model, model: "home-made" })).at(-1)).toMatch(
    /^Whether home-made takes a JSON Schema is not known/,
  );
});

test("without a project or a schema there is no agent", async () => {
  given(await projects.create(engine, ann, { name: "bare" }));
  expect(await create(engine, ann, { project: "bare", ...plain })).toMatchObject({
    error: { type: "schema-missing" },
  });
  expect(await create(engine, ann, { project: "nowhere", ...plain })).toMatchObject({
    error: { type: "project-not-found" },
  });
});
