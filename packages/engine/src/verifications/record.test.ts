import type { Label } from "@countersign/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { ann, ben } from "../../test/importing.ts";
import { type LabelledProject, labelledProject } from "../../test/labelled-project.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { get } from "../records/index.ts";
import { type Decision, record } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

let made: LabelledProject;
/** The labels of job 0: `pos` on each of three records, and a list on the first. */
let pos: number[];
let list: number;
beforeEach(async () => {
  made = await labelledProject(engine, { texts: ["a", "b", "c"] });
  const topics = { record: 0, by: { job: 0 }, name: "topics", value: ["price"] };
  const tones = [0, 1, 2].map((at) => ({ record: at, by: { job: 0 }, value: "pos" }));
  const ids = await made.label([...tones, topics]);
  pos = ids.slice(0, 3);
  list = ids[3] ?? 0;
});

const label = (at = 0) => pos[at] ?? 0;
const decide = (actor: Actor, ...decisions: Decision[]) =>
  record(engine, actor, { project: made.project, decisions });

async function shown(actor: Actor, decision: Decision): Promise<Partial<Label> | undefined> {
  const { labels } = given(await decide(actor, decision));
  const [{ status, verified } = {}] = labels;
  return { ...(status && { status }), ...(verified !== undefined && { verified }) };
}

const historyOf = async (at: number) => {
  const found = await get(engine, { project: made.project, record: made.records[at] ?? 0 });
  return given(found).verifications;
};

/** What is said of decisions that cannot be recorded, after making sure that none was. */
async function refusal(actor: Actor, ...decisions: Decision[]) {
  const count = () => engine.db.selectFrom("verifications").select("id").execute();
  const before = await count();
  const result = await decide(actor, ...decisions);
  expect(await count()).toEqual(before);
  if (result.ok) throw new Error("the decisions were recorded");
  return result.error;
}

test("a confirmation stores the value confirmed, and the label shows it", async () => {
  const { verifications, labels } = given(
    await decide(ann, { label: label(), verdict: "CONFIRMS" }),
  );
  expect(verifications).toEqual([
    {
      id: expect.any(Number),
      label: label(),
      verdict: "CONFIRMS",
      judged: "pos",
      value: "pos",
      verifier: "ann",
      at: expect.stringMatching(/Z$/),
    },
  ]);
  const [{ at } = { at: "" }] = verifications;
  expect(labels).toMatchObject([
    { id: label(), value: "pos", status: "confirmed", verified: { value: "pos", by: "ann", at } },
  ]);
  expect(await historyOf(0)).toEqual(verifications);
});

test("a correction keeps the machine's value beside the person's", async () => {
  const { labels, verifications } = given(
    await decide(
      ann,
      { label: label(2), verdict: "CORRECTS", value: "neg" },
      { label: list, verdict: "CORRECTS", value: ["service", "price"] },
      { label: label(0), verdict: "CONFIRMS" },
    ),
  );
  expect(labels).toMatchObject([
    { id: label(2), value: "pos", status: "corrected", verified: { value: "neg", by: "ann" } },
    { id: list, value: ["price"], verified: { value: ["price", "service"] } },
    { id: label(0), status: "confirmed" },
  ]);
  expect(verifications).toMatchObject([
    { label: label(2), judged: "pos", value: "neg" },
    { label: list, judged: ["price"], value: ["price", "service"] },
    { label: label(0), judged: "pos", value: "pos" },
  ]);
});

test("a verdict can be changed; the newest stands and all stay in the history", async () => {
  await decide(ann, { label: label(), verdict: "CONFIRMS" });
  expect(await shown(ben, { label: label(), verdict: "CORRECTS", value: "neu" })).toMatchObject({
    status: "corrected",
    verified: { value: "neu", by: "ben" },
  });
  expect((await historyOf(0)).map(({ verifier, verdict }) => [verifier, verdict])).toEqual([
    ["ann", "CONFIRMS"],
    ["ben", "CORRECTS"],
  ]);
});

test("taking a verdict back restores what stood before it", async () => {
  const confirmed = await shown(ann, { label: label(), verdict: "CONFIRMS" });
  await decide(ben, { label: label(), verdict: "CORRECTS", value: "neg" });
  await decide(ben, { label: label(), verdict: "CORRECTS", value: "neu" });
  const retract: Decision = { label: label(), verdict: "RETRACTS" };
  expect(await shown(ben, retract)).toMatchObject({ verified: { value: "neg", by: "ben" } });
  expect(await shown(ben, retract)).toEqual(confirmed);
  expect((await refusal(ben, retract)).what).toBe(
    `Label ${label()}, “tone”, has no verdict of ben's to take back.`,
  );
  expect(await shown(ann, retract)).toEqual({ status: "unverified", verified: null });
  expect((await historyOf(0)).map(({ verdict, value }) => [verdict, value])).toEqual([
    ["CONFIRMS", "pos"],
    ["CORRECTS", "neg"],
    ["CORRECTS", "neu"],
    ["RETRACTS", null],
    ["RETRACTS", null],
    ["RETRACTS", null],
  ]);
});

test("taking back a verdict that another has overruled changes nothing that is shown", async () => {
  await decide(ann, { label: label(), verdict: "CONFIRMS" });
  await decide(ben, { label: label(), verdict: "CORRECTS", value: "neg" });
  expect(await shown(ann, { label: label(), verdict: "RETRACTS" })).toMatchObject({
    status: "corrected",
    verified: { value: "neg", by: "ben" },
  });
});

test("one decision at fault, and none is recorded", async () => {
  const good: Decision = { label: label(1), verdict: "CONFIRMS" };
  const faults: [Decision, string, RegExp][] = [
    [
      { label: label(), verdict: "CORRECTS" },
      "verification-invalid",
      /is corrected without a value/,
    ],
    [
      { label: label(), verdict: "CORRECTS", value: "great" },
      "verification-invalid",
      /cannot be "great", which is no value of it in schema version 1/,
    ],
    [
      { label: label(), verdict: "CORRECTS", value: ["neg"] },
      "verification-invalid",
      /cannot be \["neg"\]/,
    ],
    [
      { label: label(), verdict: "CORRECTS", value: "pos" },
      "verification-invalid",
      /is "pos" already/,
    ],
    [{ label: label(), verdict: "CONFIRMS", value: "pos" }, "verification-invalid", /and a value/],
    [{ label: label(), verdict: "RETRACTS" }, "verification-invalid", /no verdict of ann's/],
    [{ label: label(1), verdict: "CONFIRMS" }, "verification-invalid", /judged twice/],
    [{ label: 2 ** 53 - 1, verdict: "CONFIRMS" }, "label-not-found", /no label with the id/],
  ];
  for (const [bad, type, what] of faults)
    expect(await refusal(ann, good, bad)).toMatchObject({
      type,
      what: expect.stringMatching(what),
      kept: "None of the 2 verdicts was recorded.",
    });
});

test("a label of another project or of a person is not verified", async () => {
  const other = await labelledProject(engine, { texts: ["x"] });
  const [theirs = 0] = await other.label([{ record: 0, by: { job: 0 }, value: "pos" }]);
  expect(await refusal(ann, { label: theirs, verdict: "CONFIRMS" })).toMatchObject({
    type: "label-not-found",
  });
  const [own = 0] = await made.label([{ record: 0, by: { person: "ben" }, value: "pos" }]);
  expect(await refusal(ann, { label: own, verdict: "CONFIRMS" })).toMatchObject({
    type: "verification-invalid",
    what: expect.stringContaining("is not a machine's, and only those are verified"),
  });
});

test("nobody's verdict is overruled unseen", async () => {
  const unseen: Decision = { label: label(), verdict: "CONFIRMS", seen: null };
  const { labels } = given(await decide(ann, unseen));
  const seen = labels[0]?.verified?.at ?? null;
  expect(await refusal(ben, { ...unseen, verdict: "CORRECTS", value: "neg" })).toMatchObject({
    type: "verification-outdated",
    what: `Label ${label()}, “tone”, has been confirmed by ann meanwhile.`,
  });
  // The same request again, as after a lost reply, is known by what it saw.
  expect((await refusal(ann, unseen)).type).toBe("verification-outdated");
  expect(
    await shown(ben, { label: label(), verdict: "CORRECTS", value: "neg", seen }),
  ).toMatchObject({ verified: { value: "neg", by: "ben" } });
  await decide(ben, { label: label(), verdict: "RETRACTS" });
  await decide(ann, { label: label(), verdict: "RETRACTS" });
  expect((await refusal(ben, { ...unseen, seen })).what).toContain("has lost the verdict");
});

test("many people judging the same labels at once leave one verdict standing on each", async () => {
  const people = Array.from({ length: 8 }, (_, n): Actor => ({ name: `p${n}`, how: "token" }));
  const orders = [pos, [...pos].reverse()];
  await Promise.all(
    people.map((person, n) =>
      decide(
        person,
        ...(orders[n % 2] ?? []).map((id) => ({ label: id, verdict: "CONFIRMS" as const })),
      ),
    ),
  );
  for (const at of [0, 1, 2]) {
    const { labels, verifications } = given(
      await get(engine, { project: made.project, record: made.records[at] ?? 0 }),
    );
    expect(verifications).toHaveLength(8);
    const tone = labels.find(({ name }) => name === "tone");
    expect(tone?.verified?.by).toBe(verifications.at(-1)?.verifier);
  }
});

test("ten thousand labels are verified in one request", async () => {
  const texts = Array.from({ length: 10_000 }, (_, n) => `text ${n}`);
  const big = await labelledProject(engine, { texts });
  const ids = await big.label(texts.map((_, at) => ({ record: at, by: { job: 0 }, value: "pos" })));
  const { labels } = given(
    await record(engine, ann, {
      project: big.project,
      decisions: ids.map((id) => ({ label: id, verdict: "CONFIRMS" })),
    }),
  );
  expect(labels.every(({ status }) => status === "confirmed")).toBe(true);
  expect(labels.map(({ id }) => id)).toEqual(ids);
});
