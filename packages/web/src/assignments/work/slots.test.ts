import { Label, LabelDefinition, LabelledRecord } from "@countersign/core";
import { expect, it } from "vitest";
import { type Asking, labelOf, newNumbering, nextSlot, slotsOf } from "./slots.ts";

const tone = LabelDefinition.parse({
  name: "tone",
  options: [
    { value: "pos", text: "positive" },
    { value: "neg", text: "negative" },
  ],
});
const at = "2026-01-01T00:00:00Z";
const label = (id: number, kind: "job" | "person", name: string, value: string) =>
  Label.parse({
    id,
    name: "tone",
    value,
    annotator: { id, kind, name, job: kind === "job" ? 7 : null },
    schemaVersion: 1,
    confidence: null,
    confidenceMethod: null,
    metadata: {},
    createdAt: at,
    status: "unverified",
    verified: null,
  });
const record = (id: number, ...labels: Label[]) =>
  LabelledRecord.parse({
    id,
    key: `r${id}`,
    content: "a",
    kind: "text",
    turns: null,
    metadata: {},
    createdAt: at,
    labels,
  });
const handed = (record: LabelledRecord, ...toJudge: { label: number; name: string }[]) => ({
  record,
  toJudge,
});
const asking: Asking = { mode: "label", job: null, definitions: [tone], by: "ann" };

it("without a suggestion a label stands in that nobody has given", () => {
  expect(labelOf(handed(record(1)), tone, asking, 3)).toMatchObject({
    id: -3,
    value: [],
    status: "unverified",
    verified: null,
  });
});

it("one's own label stands over the suggestion, and nobody else's", () => {
  const all = record(1, label(1, "job", "job 7", "pos"), label(2, "person", "ben", "neg"));
  expect(labelOf(handed(all), tone, { ...asking, job: 7 }, 3)).toMatchObject({
    value: "pos",
    status: "unverified",
    verified: null,
  });
  const own = record(1, ...all.labels, label(4, "person", "ann", "neg"));
  expect(labelOf(handed(own), tone, { ...asking, job: 7 }, 3)).toMatchObject({
    status: "corrected",
    verified: { value: "neg", by: "ann", at },
  });
});

it("to verify, a record without the job's label asks nothing", () => {
  const verify: Asking = { ...asking, mode: "verify", job: 7 };
  const numbering = newNumbering();
  expect(slotsOf(handed(record(1)), verify, numbering)).toEqual([]);
  const [slot] = slotsOf(handed(record(1, label(9, "job", "job 7", "pos"))), verify, numbering);
  expect(slot).toMatchObject({ unseen: false, item: { label: { id: 9 } } });
});

it("of a label that is to be judged unseen only its number is known", () => {
  const verify: Asking = { ...asking, mode: "verify", job: 7 };
  const unseen = handed(record(1), { label: 9, name: "tone" });
  const [slot] = slotsOf(unseen, verify, newNumbering());
  expect(slot).toMatchObject({
    unseen: true,
    item: { label: { id: 9, value: [], annotator: { job: 7 }, verified: null } },
  });
});

it("a question met again has the same number", () => {
  const numbering = newNumbering();
  const [first, second, again] = [
    numbering.of(5, "tone"),
    numbering.of(5, "topic"),
    numbering.of(5, "tone"),
  ];
  expect(again).toBe(first);
  expect(second).not.toBe(first);
  expect(numbering.placeOf(second)).toEqual({ record: 5, name: "topic" });
});

it("the next question is the first open one after the current, then what was left before it", () => {
  const numbering = newNumbering();
  const slots = [1, 2, 3].flatMap((id) => slotsOf(handed(record(id)), asking, numbering));
  const next = (current: number | undefined, open: readonly number[]) =>
    nextSlot(slots, current, ({ item }) => open.includes(item.record.id))?.item.record.id;
  expect(next(undefined, [1, 2, 3])).toBe(1);
  expect(next(slots[0]?.id, [1, 3])).toBe(3);
  expect(next(slots[2]?.id, [2])).toBe(2);
  expect(next(slots[1]?.id, [2])).toBeUndefined();
  expect(next(undefined, [])).toBeUndefined();
});
