import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import { labelledProject } from "../../test/labelled-project.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { set } from "../labels/index.ts";
import { create, get, next, release } from "./index.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const person = (n: number): Actor => ({ name: `p${n}`, how: "token" });

/** A stream of numbers from 0 to 1, the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

async function assigned(records: number, overlap: number, more: object = {}) {
  const made = await labelledProject(engine, {
    texts: Array.from({ length: records }, (_, n) => `text ${n}`),
  });
  given(
    await create(engine, person(0), {
      project: made.project,
      name: "queue",
      mode: "label",
      labels: ["tone"],
      suggestion: "hidden",
      order: "imported",
      overlap,
      idleMinutes: 30,
      ...more,
    }),
  );
  return made;
}

/** Who has done and who holds each record, as stored. */
const partsOf = (project: string) =>
  engine.db
    .selectFrom("assignment_parts as part")
    .innerJoin("assignment_items as item", (on) =>
      on
        .onRef("item.assignment_id", "=", "part.assignment_id")
        .onRef("item.position", "=", "part.position"),
    )
    .innerJoin("assignments", "assignments.id", "item.assignment_id")
    .innerJoin("projects", "projects.id", "assignments.project_id")
    .select(["item.record_id", "part.person", "part.state"])
    .where("projects.name", "=", project)
    .execute();

/** Whether every record's places add up, and nobody has more than there are. */
async function brokenItems(project: string) {
  const { rows } = await engine.pool.query(
    `select item.record_id from assignment_items item
     join assignments a on a.id = item.assignment_id join projects p on p.id = a.project_id
     left join assignment_parts part on part.assignment_id = item.assignment_id
       and part.position = item.position
     where p.name = $1
     group by item.assignment_id, item.position, a.overlap
     having item.free + count(part) filter (where part.state <> 'skipped') <> a.overlap
       or item.done <> count(part) filter (where part.state = 'done')`,
    [project],
  );
  return rows;
}

const minute = 60_000;

test.each([
  { overlap: 1, records: 60 },
  { overlap: 3, records: 40 },
])(
  "of twenty people at once, leaving and idling as they like, $overlap do each record exactly once",
  async ({ overlap, records }) => {
    const { project } = await assigned(records, overlap);
    const input = { project, assignment: "queue" };
    let now = Date.parse("2026-03-01T08:00:00Z");
    const doneTwice: string[] = [];

    async function work(n: number): Promise<void> {
      const random = numbers(n + 1 + overlap * 100);
      const actor = person(n);
      const mine = new Set<number>();
      for (let round = 0; round < 500; round += 1) {
        const at = new Date(now);
        const turn = given(
          await next(engine, actor, { ...input, count: 1 + (n % 3), again: true }, at),
        );
        const [item] = turn.items;
        if (!item) {
          // Nothing in hand, nothing to be had, and nothing that may come back: this person is through.
          if (turn.left === 0 && turn.held === 0) return;
          now += minute;
          continue;
        }
        const { id } = item.record;
        if (mine.has(id)) doneTwice.push(`${actor.name} ${id}`);
        const dice = random();
        if (dice < 0.1) {
          // Killed: what is in hand is never spoken of again until it has gone back.
          now += 31 * minute;
          continue;
        }
        if (dice < 0.2) {
          given(await release(engine, actor, { ...input, skip: false }, at));
          continue;
        }
        if (dice < 0.25) {
          given(await release(engine, actor, { ...input, records: [id], skip: true }, at));
          continue;
        }
        const value = random() < 0.5 ? "pos" : "neg";
        const labels = [{ record: id, name: "tone", value }];
        const stored = await set(engine, actor, { project, labels, assignment: "queue" });
        if (stored.ok) mine.add(id);
        else expect(stored.error.type).toBe("assignment-not-possible");
      }
      throw new Error(`${actor.name} never came to an end`);
    }

    await Promise.all(Array.from({ length: 20 }, (_, n) => work(n)));

    expect(doneTwice).toEqual([]);
    expect(await brokenItems(project)).toEqual([]);
    const done = (await partsOf(project)).filter(({ state }) => state === "done");
    const byRecord = Map.groupBy(done, ({ record_id }) => record_id);
    expect(byRecord.size).toBe(records);
    for (const parts of byRecord.values())
      expect(new Set(parts.map((part) => part.person)).size).toBe(overlap);
    expect(done).toHaveLength(records * overlap);
    const shown = given(await get(engine, input));
    expect(shown.progress).toEqual({ complete: records, done: records * overlap, held: 0 });
    const counts = Map.groupBy(done, (part) => part.person);
    for (const share of shown.shares)
      expect(share.done).toBe(counts.get(share.person)?.length ?? 0);
  },
);

test("asked at the same moment, everybody gets a record that nobody else has", async () => {
  const { project } = await assigned(20, 1);
  const turns = await Promise.all(
    Array.from({ length: 20 }, async (_, n) =>
      given(
        await next(engine, person(n), { project, assignment: "queue", count: 1, again: false }),
      ),
    ),
  );
  const handed = turns.flatMap(({ items }) => items.map(({ record }) => record.id));
  expect(new Set(handed).size).toBe(20);
});

test("one person's two windows never hold a record twice, nor more than they ask for", async () => {
  const { project, records } = await assigned(10, 3);
  const input = { project, assignment: "queue", count: 2, again: false };
  const turns = await Promise.all(
    Array.from({ length: 6 }, async () => given(await next(engine, person(1), input))),
  );
  for (const { items } of turns)
    expect(items.map(({ record }) => record.id)).toEqual(records.slice(0, 2));
  expect(await partsOf(project)).toHaveLength(2);
  expect(await brokenItems(project)).toEqual([]);
});

test("a client that was killed is handed the same records when it is back", async () => {
  const { project, records } = await assigned(5, 1);
  const input = { project, assignment: "queue", count: 2, again: false };
  await next(engine, person(1), input);
  const { items } = given(await next(engine, person(1), input));
  expect(items.map(({ record }) => record.id)).toEqual(records.slice(0, 2));
});

test("what nobody is active on goes back after the idle time, and not before", async () => {
  const { project, records } = await assigned(1, 1);
  const input = { project, assignment: "queue", count: 1, again: false };
  const at = (minutes: number) => new Date(Date.parse("2026-03-01T08:00:00Z") + minutes * minute);
  const inHand = async (n: number, minutes: number) =>
    given(await next(engine, person(n), input, at(minutes))).items.map(({ record }) => record.id);
  expect(await inHand(1, 0)).toEqual(records);
  expect(await inHand(2, 29)).toEqual([]);
  // Asking is activity, from which the time counts anew.
  expect(await inHand(1, 29)).toEqual(records);
  expect(await inHand(2, 58)).toEqual([]);
  expect(await inHand(2, 60)).toEqual(records);
  expect(await inHand(1, 60)).toEqual([]);
  const late = await set(engine, person(1), {
    project,
    labels: [{ record: records[0] ?? 0, name: "tone", value: "pos" }],
    assignment: "queue",
  });
  expect(late).toMatchObject({
    error: {
      type: "assignment-not-possible",
      what: expect.stringContaining("no longer p1's"),
      kept: "None of the 1 labels was stored.",
    },
  });
  const { rows } = await engine.pool.query(
    "select from labels where project_id in (select id from projects where name = $1)",
    [project],
  );
  expect(rows).toEqual([]);
});

test("work on a record that went back and that nobody took counts all the same", async () => {
  const { project, records } = await assigned(2, 1);
  const input = { project, assignment: "queue" };
  const [first = 0] = records;
  await next(engine, person(1), { ...input, count: 1, again: false });
  given(await release(engine, person(0), { ...input, person: "p1", skip: false }));
  const labels = [{ record: first, name: "tone", value: "pos" }];
  given(await set(engine, person(1), { project, labels, assignment: "queue" }));
  expect(given(await get(engine, input)).progress).toMatchObject({ complete: 1, done: 1 });
  expect(await brokenItems(project)).toEqual([]);
});
