import {
  type Condition,
  evaluateSearch,
  NewAssignment,
  type SearchedItem,
  type SearchedProject,
  Turn,
} from "@countersign/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, ben } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Actor } from "../actor.ts";
import { removeTheseRecords } from "../deletions/records.ts";
import type { Engine } from "../engine.ts";
import { set } from "../labels/index.ts";
import { search } from "../records/index.ts";
import { type Decision, record as verify } from "../verifications/index.ts";
import { close, create, extend, get, list, next, release, remove, reopen } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

let made: LabelledProject;
/** The job's labels: `tone` on the first four records, `topics` on the first. */
let tones: number[];
let topics: number;
beforeEach(async () => {
  made = await labelledProject(engine, {
    texts: ["a good one", "b", "c", "d good", "e"],
    jobs: [["tone", "topics"]],
  });
  const ids = await made.label([
    ...[0.9, 0.5, 0.7, null].map((confidence, at) => ({
      record: at,
      by: { job: 0 },
      value: "pos",
      confidence,
    })),
    { record: 0, by: { job: 0 }, name: "topics", value: ["price"] },
  ]);
  tones = ids.slice(0, 4);
  topics = ids[4] ?? 0;
});

type Given = Partial<Parameters<typeof NewAssignment.parse>[0] & object> & object;
const assign = (more: Given) =>
  create(engine, ann, {
    project: made.project,
    ...NewAssignment.parse({ name: "a", mode: "label", ...more }),
  });
const verifying = (more: Given = {}) =>
  assign({ mode: "verify", job: made.jobs[0], suggestion: "shown", ...more });
const here = () => ({ project: made.project, assignment: "a" });
const turn = async (actor: Actor, count = 1, again = false) =>
  given(await next(engine, actor, { ...here(), count, again }));
const keys = async (actor: Actor, count = 1) =>
  (await turn(actor, count)).items.map(({ record }) => record.key);
const say = (actor: Actor, at: number, value: string | null, name = "tone") =>
  set(engine, actor, {
    project: made.project,
    labels: [{ record: made.records[at] ?? 0, name, value }],
    assignment: "a",
  });
const judge = (actor: Actor, ...decisions: Decision[]) =>
  verify(engine, actor, { project: made.project, decisions, assignment: "a" });
const progress = async () => given(await get(engine, here())).progress;

test("what is handed out is just what its shape says", async () => {
  given(await verifying());
  const { items, ...counts } = await turn(ann, 2);
  expect({ items, ...counts }).toEqual(Turn.parse({ items, ...counts }));
  expect(items[0]?.record).toMatchObject({ kind: "text", turns: null, content: "a good one" });
});

test("its records are those that the search found when it was made", async () => {
  const assignment = given(
    await assign({ where: { keyword: { text: "good", caseSensitive: false } }, labels: ["tone"] }),
  );
  expect(assignment).toMatchObject({
    name: "a",
    mode: "label",
    people: null,
    labels: ["tone"],
    job: null,
    suggestion: "hidden",
    records: 2,
    overlap: 1,
    idleMinutes: 30,
    state: "open",
    progress: { complete: 0, done: 0, held: 0 },
    createdBy: "ann",
  });
  expect(await keys(ann, 10)).toEqual(["r0", "r3"]);
});

test("to verify, only records with a label of the job's are handed out, the least certain first", async () => {
  expect(given(await verifying({ order: "least-confident" })).records).toBe(4);
  expect(await keys(ann, 10)).toEqual(["r1", "r2", "r0", "r3"]);
});

test("a limit takes the first in the assignment's order", async () => {
  given(await verifying({ order: "least-confident", limit: 2 }));
  expect(await keys(ann, 10)).toEqual(["r1", "r2"]);
});

test("in random order every record is there once", async () => {
  given(await assign({ order: "random" }));
  expect((await keys(ann, 10)).toSorted()).toEqual(["r0", "r1", "r2", "r3", "r4"]);
});

test("what cannot be is refused, and nothing is made", async () => {
  const faults: [Given, string, RegExp][] = [
    [{ mode: "verify" }, "assignment-invalid", /a job must be named/],
    [{ suggestion: "shown" }, "assignment-invalid", /no job is named/],
    [{ order: "least-confident" }, "assignment-invalid", /have a confidence/],
    [{ people: ["ann", "ann"], overlap: 2 }, "assignment-invalid", /only 1 may take part/],
    [{ labels: ["colour"] }, "label-not-in-schema", /“colour” is no label/],
    [{ mode: "verify", job: 987_654 }, "job-not-found", /no job 987654/],
    [{ where: { key: ["nobody"] } }, "assignment-invalid", /finds no record/],
    [{ where: { regex: { pattern: "(", caseSensitive: false } } }, "search-invalid", /bad pattern/],
  ];
  for (const [more, type, what] of faults)
    expect(await assign(more)).toMatchObject({
      error: { type, what: expect.stringMatching(what) },
    });
  given(await assign({}));
  expect(await assign({})).toMatchObject({ error: { type: "assignment-exists" } });
  const { items } = given(await list(engine, { project: made.project, limit: 10 }));
  expect(items).toHaveLength(1);
});

test("only those it is for take part", async () => {
  given(await assign({ people: ["ben"] }));
  expect(await next(engine, ann, { ...here(), count: 1, again: false })).toMatchObject({
    error: {
      type: "assignment-not-possible",
      what: "The assignment “a” is not for ann, but for ben.",
    },
  });
  expect(await say(ann, 0, "pos")).toMatchObject({ error: { type: "assignment-not-possible" } });
  expect(await keys(ben)).toEqual(["r0"]);
});

test("with a label of one's own for every name a record is done, and without one no more", async () => {
  given(await assign({}));
  await turn(ann);
  given(await say(ann, 0, "pos"));
  expect(await progress()).toEqual({ complete: 0, done: 0, held: 1 });
  const list = { record: made.records[0] ?? 0, name: "topics", value: [] };
  given(await set(engine, ann, { project: made.project, labels: [list], assignment: "a" }));
  expect(await progress()).toEqual({ complete: 1, done: 1, held: 0 });
  expect(await keys(ann)).toEqual(["r1"]);
  // Undone, it is in one's hand again.
  given(await say(ann, 0, null));
  expect(await progress()).toEqual({ complete: 0, done: 0, held: 2 });
  expect(await keys(ann, 2)).toEqual(["r0", "r1"]);
});

test("with a verdict on each of the job's labels a record is done, and with one taken back no more", async () => {
  given(await verifying());
  await turn(ann);
  const [first = 0] = tones;
  given(await judge(ann, { label: first, verdict: "CONFIRMS" }));
  expect(await progress()).toMatchObject({ done: 0, held: 1 });
  given(await judge(ann, { label: topics, verdict: "CORRECTS", value: ["service"] }));
  expect(await progress()).toEqual({ complete: 1, done: 1, held: 0 });
  given(await judge(ann, { label: topics, verdict: "RETRACTS" }));
  expect(await progress()).toEqual({ complete: 0, done: 0, held: 1 });
});

test("people judge one label independently, each seeing their own verdict alone", async () => {
  given(await verifying({ overlap: 2, labels: ["tone"] }));
  const [first = 0] = tones;
  await turn(ann);
  await turn(ben);
  const seen = null;
  given(await judge(ann, { label: first, verdict: "CORRECTS", value: "neg", seen }));
  const inHand = await turn(ben);
  expect(inHand.items[0]?.record.labels).toMatchObject([
    { id: first, value: "pos", status: "unverified", verified: null },
  ]);
  // What ann said meanwhile is nothing that ben had to see.
  const { labels } = given(await judge(ben, { label: first, verdict: "CONFIRMS", seen }));
  expect(labels).toMatchObject([{ status: "confirmed", verified: { value: "pos", by: "ben" } }]);
  expect(await progress()).toEqual({ complete: 1, done: 2, held: 0 });
  // The same request again, as after a lost reply, is known by what it saw.
  expect(await judge(ben, { label: first, verdict: "CONFIRMS", seen })).toMatchObject({
    error: { type: "verification-outdated" },
  });
});

test("what others say is not told to who labels, and what a job says only where it is to be shown", async () => {
  await made.label([{ record: 0, by: { person: "ben" }, value: "neg" }]);
  await made.label([{ record: 0, by: { gold: true }, value: "neu" }]);
  given(await assign({ labels: ["tone"] }));
  expect((await turn(ann)).items[0]?.record.labels).toEqual([]);
  given(await assign({ name: "b", labels: ["tone"], job: made.jobs[0], suggestion: "shown" }));
  const { items } = given(
    await next(engine, ann, { ...here(), assignment: "b", count: 1, again: false }),
  );
  expect(items[0]?.record.labels).toMatchObject([{ value: "pos", annotator: { kind: "job" } }]);
});

test("what is to be judged unseen is not sent before one has judged it, and a value that the job gave too confirms it", async () => {
  given(await verifying({ suggestion: "hidden", labels: ["tone"], overlap: 2 }));
  const [first = 0] = tones;
  const unseen = { record: { labels: [] }, toJudge: [{ label: first, name: "tone" }] };
  for (const person of [ann, ben]) expect((await turn(person)).items[0]).toMatchObject(unseen);
  expect(await judge(ann, { label: first, verdict: "CONFIRMS" })).toMatchObject({
    error: { type: "verification-invalid", what: expect.stringContaining("is hidden until") },
  });
  expect(
    given(await judge(ann, { label: first, verdict: "CORRECTS", value: "pos" })),
  ).toMatchObject({
    verifications: [{ verdict: "CONFIRMS", judged: "pos", value: "pos" }],
    labels: [{ id: first, value: "pos", status: "confirmed", verified: { by: "ann" } }],
  });
  // What one has judged hides it from nobody but oneself no more.
  expect((await turn(ben)).items[0]).toMatchObject(unseen);
  expect(
    given(await judge(ann, { label: first, verdict: "CORRECTS", value: "neg" })),
  ).toMatchObject({ labels: [{ status: "corrected", verified: { value: "neg" } }] });
  expect(given(await judge(ann, { label: first, verdict: "CONFIRMS" }))).toMatchObject({
    labels: [{ status: "confirmed" }],
  });
  expect(
    given(await judge(ben, { label: first, verdict: "CORRECTS", value: "neg" })),
  ).toMatchObject({ verifications: [{ verdict: "CORRECTS", judged: "pos", value: "neg" }] });
});

test("a verdict is none of a labelling's, and a label none of a verifying's", async () => {
  given(await assign({ labels: ["tone"] }));
  const verdict = await judge(ann, { label: tones[0] ?? 0, verdict: "CONFIRMS" });
  expect(verdict).toMatchObject({
    error: { type: "assignment-not-possible", kept: "None of the 1 verdicts was recorded." },
  });
  expect(
    await engine.db
      .selectFrom("verifications")
      .selectAll()
      .where("project_id", "=", made.id)
      .execute(),
  ).toEqual([]);
  given(await remove(engine, ann, here()));
  given(await verifying());
  expect(await say(ann, 0, "pos")).toMatchObject({ error: { type: "assignment-not-possible" } });
});

test("a record that is not in it is refused", async () => {
  given(await assign({ where: { key: ["r1"] }, labels: ["tone"] }));
  expect(await say(ann, 0, "pos")).toMatchObject({
    error: { type: "assignment-not-possible", what: expect.stringContaining("does not have") },
  });
});

test("what is passed over comes back only when asked for, and to others at once", async () => {
  given(await assign({ labels: ["tone"], limit: 2 }));
  await turn(ann);
  given(await release(engine, ann, { ...here(), skip: true }));
  expect(await keys(ann)).toEqual(["r1"]);
  given(await say(ann, 1, "pos"));
  expect(await turn(ann)).toMatchObject({ items: [], done: 1, skipped: 1, left: 0, held: 0 });
  const again = await turn(ann, 1, true);
  expect(again.items.map(({ record }) => record.key)).toEqual(["r0"]);
  given(await release(engine, ann, { ...here(), skip: true }));
  expect(await keys(ben)).toEqual(["r0"]);
  // It is ben's now.
  expect((await turn(ann, 1, true)).items).toEqual([]);
});

test("who holds what is shown, and released by hand", async () => {
  given(await assign({ labels: ["tone"] }));
  await turn(ann, 2);
  await turn(ben);
  const shown = given(await get(engine, here()));
  expect(shown.holds.map(({ person, key }) => [person, key])).toEqual([
    ["ann", "r0"],
    ["ann", "r1"],
    ["ben", "r2"],
  ]);
  expect(shown.shares).toMatchObject([
    { person: "ann", done: 0, held: 2, skipped: 0 },
    { person: "ben", done: 0, held: 1, skipped: 0 },
  ]);
  const input = { ...here(), skip: false };
  expect(given(await release(engine, ben, { ...input, person: "ann", records: ["r1"] }))).toEqual({
    released: 1,
  });
  expect(given(await release(engine, ben, { ...input, person: null }))).toEqual({ released: 2 });
  expect((await progress()).held).toBe(0);
  expect(await release(engine, ben, { ...input, person: "ann", skip: true })).toMatchObject({
    error: { type: "assignment-not-possible" },
  });
});

test("closed, nothing is handed out or taken; reopened, it goes on where it was", async () => {
  given(await assign({ labels: ["tone"] }));
  await turn(ann);
  given(await say(ann, 0, "pos"));
  await turn(ann);
  expect(given(await close(engine, ann, here()))).toMatchObject({
    state: "closed",
    closedAt: expect.any(String),
    progress: { done: 1, held: 0 },
  });
  for (const refused of [
    await next(engine, ann, { ...here(), count: 1, again: false }),
    await say(ann, 1, "pos"),
  ])
    expect(refused).toMatchObject({
      error: { type: "assignment-not-possible", what: "The assignment “a” is closed." },
    });
  expect(given(await reopen(engine, ann, here()))).toMatchObject({ state: "open", closedAt: null });
  expect(await keys(ann)).toEqual(["r1"]);
});

test("extended, it has more records behind those it had, and none twice", async () => {
  given(await assign({ labels: ["tone"], where: { key: ["r3", "r1"] } }));
  const extended = given(await extend(engine, ann, { ...here(), add: {} }));
  expect(extended).toMatchObject({ added: 3, records: 5 });
  expect(await keys(ann, 10)).toEqual(["r1", "r3", "r0", "r2", "r4"]);
});

test("with more people each, what was complete is open to others again", async () => {
  given(await assign({ labels: ["tone"], limit: 1 }));
  await turn(ann);
  given(await say(ann, 0, "pos"));
  expect((await progress()).complete).toBe(1);
  given(await extend(engine, ann, { ...here(), overlap: 2 }));
  expect(await progress()).toEqual({ complete: 0, done: 1, held: 0 });
  expect(await keys(ann)).toEqual([]);
  expect(await keys(ben)).toEqual(["r0"]);
  given(await say(ben, 0, "neg"));
  expect(await progress()).toEqual({ complete: 1, done: 2, held: 0 });
  expect(await extend(engine, ann, { ...here(), overlap: 1 })).toMatchObject({
    error: { type: "assignment-invalid" },
  });
});

test("who is no longer among its people holds nothing more", async () => {
  given(await assign({ labels: ["tone"] }));
  await turn(ann);
  given(await extend(engine, ann, { ...here(), people: ["ben"] }));
  expect((await progress()).held).toBe(0);
  expect(await keys(ben)).toEqual(["r0"]);
  expect(await say(ann, 0, "pos")).toMatchObject({ error: { type: "assignment-not-possible" } });
  given(await extend(engine, ann, { ...here(), people: null }));
  expect(await keys(ann)).toEqual(["r1"]);
});

test("records are found by how they stand in it, as the search's meaning says", async () => {
  given(await assign({ labels: ["tone"], overlap: 2, limit: 4 }));
  await turn(ann);
  given(await release(engine, ann, { ...here(), skip: true }));
  await turn(ann);
  given(await say(ann, 1, "pos"));
  await turn(ben, 2);
  given(await say(ben, 1, "neg"));
  await turn(ann, 2);
  const { rows } = await engine.pool.query<{
    record: number;
    free: number;
    parts: SearchedItem["parts"];
  }>(
    `select item.record_id as record, item.free,
       coalesce((select json_agg(json_build_object('person', person, 'state', state))
         from assignment_parts p where p.assignment_id = item.assignment_id
           and p.position = item.position), '[]') as parts
     from assignment_items item join assignments a on a.id = item.assignment_id
     where a.project_id = $1`,
    [made.id],
  );
  const project: SearchedProject = {
    records: made.records.map((id, at) => ({
      id,
      key: `r${at}`,
      content: "",
      metadata: {},
      labels: [],
      outcomes: new Map(),
    })),
    subsets: new Map(),
    assignments: new Map([["a", new Map(rows.map((row) => [row.record, row]))]]),
  };
  const sort = { by: "id", order: "ascending" } as const;
  const found = async (asked: object) => {
    const where: Condition = { assignment: { name: "a", ...asked } };
    const searched = await search(engine, {
      project: made.project,
      where,
      sort,
      limit: 10,
      count: false,
    });
    const keys = given(searched).records.map(({ key }) => key);
    expect(keys).toEqual(evaluateSearch(project, where, sort).map(({ key }) => key));
    return keys;
  };
  expect(await found({})).toEqual(["r0", "r1", "r2", "r3"]);
  expect(await found({ is: "open" })).toEqual(["r0", "r2", "r3"]);
  expect(await found({ is: "held" })).toEqual(["r0", "r2", "r3"]);
  expect(await found({ is: "held", by: ["ann"] })).toEqual(["r2", "r3"]);
  expect(await found({ is: "skipped" })).toEqual(["r0"]);
  expect(await found({ is: "done", by: ["ann", "nobody"] })).toEqual(["r1"]);
  expect(await found({ is: "complete" })).toEqual(["r1"]);
  expect(await found({ by: ["ben"] })).toEqual(["r0", "r1"]);
  const unknown = { assignment: { name: "b" } };
  expect(
    await search(engine, { project: made.project, where: unknown, sort, limit: 1, count: false }),
  ).toMatchObject({ error: { type: "search-invalid", what: expect.stringContaining("“b”") } });
});

test("several assignments of the same records stand side by side", async () => {
  given(await assign({ labels: ["tone"] }));
  given(await assign({ name: "b", labels: ["topics"] }));
  expect(await keys(ann)).toEqual(["r0"]);
  const other = await next(engine, ann, { ...here(), assignment: "b", count: 1, again: false });
  expect(given(other).items[0]?.record.key).toBe("r0");
});

test("records that are deleted leave it with what was counted of them", async () => {
  given(await assign({ labels: ["tone"], overlap: 2 }));
  for (const actor of [ann, ben]) {
    await turn(actor, 2);
    for (const at of [0, 1]) given(await say(actor, at, "pos"));
  }
  await turn(ann, 2);
  expect(await progress()).toEqual({ complete: 2, done: 4, held: 2 });
  const gone = [made.records[0] ?? 0, made.records[2] ?? 0];
  await engine.db.transaction().execute((db) => removeTheseRecords(db, gone, 0));
  const shown = given(await get(engine, here()));
  expect([shown.records, shown.progress]).toEqual([3, { complete: 1, done: 2, held: 1 }]);
  expect(shown.shares.map(({ person, done }) => [person, done])).toEqual([
    ["ann", 1],
    ["ben", 1],
  ]);
});

test("deleted, what came of it stays", async () => {
  given(await assign({ labels: ["tone"] }));
  await turn(ann);
  given(await say(ann, 0, "pos"));
  expect(given(await remove(engine, ann, here()))).toEqual({ name: "a", records: 5 });
  expect(await get(engine, here())).toMatchObject({ error: { type: "assignment-not-found" } });
  const { rows } = await engine.pool.query(
    "select from labels l join annotators a on a.id = l.annotator_id where a.name = 'ann' and l.project_id = $1",
    [made.id],
  );
  expect(rows).toHaveLength(1);
});
