import { routes } from "@countersign/contract";
import type { Evaluation, Job, Project, SearchPage } from "@countersign/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { Countersign } from "./countersign.ts";
import { CountersignError } from "./error.ts";

const client = (fetch: (request: Request) => Promise<Response>, token?: string) =>
  new Countersign({ url: "http://localhost:1/under/", fetch, token });

const json = (body: unknown, status = 200) => Response.json(body, { status });

test("every route of the contract is a method at its noun and verb", () => {
  const nouns: Readonly<Record<string, object>> = { ...client(async () => json({})) };
  const missing = routes.filter(({ id }) => {
    const [noun = "", verb = ""] = id.split(".");
    return !(verb in (nouns[noun] ?? {}));
  });
  expect(missing.map((route) => route.id)).toEqual([]);
});

describe("a call", () => {
  test("is split into path, query and body as the route declares", async () => {
    const sent: Request[] = [];
    const { jobs } = client(async (request) => {
      sent.push(request);
      return json({ items: [], next: null });
    });
    await jobs.items({ project: "a", job: 7, outcome: "failed", limit: 5 });
    await jobs.run({ project: "a", agent: "é/?", limit: 3 });
    await jobs.labels({ project: "a", job: 7, label: "tone/é?" });

    expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
      "GET http://localhost:1/under/api/v1/projects/a/jobs/7/items?limit=5&outcome=failed",
      "POST http://localhost:1/under/api/v1/projects/a/jobs",
      "GET http://localhost:1/under/api/v1/projects/a/jobs/7/labels/tone%2F%C3%A9%3F",
    ]);
    expect(await sent[1]?.json()).toEqual({ agent: "é/?", limit: 3 });
  });

  test("carries the token in the Authorization header and nowhere else", async () => {
    let sent: Request | undefined;
    await client(async (request) => {
      sent = request;
      return json({ items: [], next: null });
    }, "secret").projects.list();
    expect(sent?.headers.get("authorization")).toBe("Bearer secret");
    expect(sent?.url).not.toContain("secret");
  });

  test("throws the server's problem with its type as a slug", async () => {
    const { projects } = client(async () =>
      json(
        {
          type: "urn:countersign:problem:project-exists",
          title: "Project exists",
          status: 409,
          detail: "There is a project “a”. Choose another name.",
          what: "There is a project “a”.",
          next: "Choose another name.",
        },
        409,
      ),
    );
    const error = await projects.create({ name: "a" }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(CountersignError);
    expect(error).toMatchObject({
      message: "There is a project “a”. Choose another name.",
      problem: { type: "project-exists", status: 409, next: "Choose another name." },
    });
  });

  test("says so when the answer is not this API's", async () => {
    const { projects } = client(async () => new Response("<h1>Bad gateway</h1>", { status: 502 }));
    await expect(projects.list()).rejects.toMatchObject({
      problem: { type: "response-unreadable", status: 502 },
    });
  });

  test("says so when there is no server", async () => {
    const { projects } = new Countersign({ url: "http://127.0.0.1:1" });
    await expect(projects.list()).rejects.toMatchObject({
      problem: { type: "server-unreachable", what: expect.stringContaining("127.0.0.1:1") },
    });
  });

  test("that is aborted rejects with the signal's reason", async () => {
    const reason = new Error("enough");
    const { projects } = new Countersign({ url: "http://127.0.0.1:1" });
    await expect(projects.list({}, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

test("a sequence fetches page after page until there is no next", async () => {
  const asked: (string | null)[] = [];
  const { projects } = client(async (request) => {
    const after = new URL(request.url).searchParams.get("after");
    asked.push(after);
    return json(after ? { items: [3], next: null } : { items: [1, 2], next: "2" });
  });
  const seen: unknown[] = [];
  for await (const project of projects.all()) seen.push(project);
  expect(seen).toEqual([1, 2, 3]);
  expect(asked).toEqual([null, "2"]);
});

test("a search's pages follow one another from where the search starts", async () => {
  const asked: unknown[] = [];
  const { records } = client(async (request) => {
    const { after } = await request.json();
    asked.push(after);
    return json({ records: [], next: after === "x" ? "y" : null, count: null });
  });
  let pages = 0;
  for await (const _ of records.pages({ project: "a", after: "x" })) pages += 1;
  expect(pages).toBe(2);
  expect(asked).toEqual(["x", "y"]);
});

test("a file is sent as it is, under its format's media type", async () => {
  const sent: [string | null, string][] = [];
  const { records } = client(async (request) => {
    sent.push([request.headers.get("content-type"), await request.text()]);
    return json({});
  });
  const input = { project: "a", mapping: { text: "t" } } as const;
  await records.import({ ...input, format: "csv", file: "t\nx" });
  await records.import({ ...input, format: "jsonl", file: new Blob(["{}"]) });
  await records.import({ ...input, format: "tsv", file: new Blob(["t"]).stream() });
  expect(sent).toEqual([
    ["text/csv", "t\nx"],
    ["application/x-ndjson", "{}"],
    ["text/tab-separated-values", "t"],
  ]);
});

test("the methods' types come from the contract", () => {
  const { projects, jobs, records, evaluations } = client(async () => json({}));
  expectTypeOf(projects.create).returns.resolves.toEqualTypeOf<Project>();
  expectTypeOf(projects.create).parameter(0).toEqualTypeOf<{ name: string }>();
  expectTypeOf(projects.list).toBeCallableWith();
  expectTypeOf(projects.all()).toEqualTypeOf<AsyncGenerator<Project, void, undefined>>();
  expectTypeOf(jobs.get).parameter(0).toEqualTypeOf<{ project: string; job: number }>();
  expectTypeOf(jobs.get).returns.resolves.toEqualTypeOf<Job>();
  expectTypeOf(jobs.run).toBeCallableWith({ project: "a", agent: "b" });
  expectTypeOf(jobs.watch).returns.toEqualTypeOf<AsyncGenerator<Job, void, undefined>>();
  expectTypeOf(records.search).returns.resolves.toEqualTypeOf<SearchPage>();
  expectTypeOf(evaluations.compare).returns.resolves.toEqualTypeOf<Evaluation>();
  // @ts-expect-error a job is run by an agent
  expectTypeOf(jobs.run).toBeCallableWith({ project: "a" });
  // @ts-expect-error jobs are a project's
  expectTypeOf(jobs.list).toBeCallableWith();
});
