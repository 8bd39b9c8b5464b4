import { expect, test } from "vitest";
import { CallLine, type Clock, type Lane, type Turn } from "./call-line.ts";
import { type Ending, Pacer } from "./pacer.ts";
import { SimulatedClock } from "./simulated-clock.ts";

const newLine = (clock: Clock) => new CallLine(new Pacer(() => 1), clock);

/** Makes one call that takes so long and ends so; undefined where there was no turn. */
async function call(
  lane: Lane,
  clock: Clock,
  milliseconds: number,
  ending: Ending = { kind: "good" },
): Promise<number | undefined> {
  const turn = await lane.turn("first", 100);
  if (!turn) return undefined;
  await new Promise<void>((resolve) => clock.after(milliseconds, resolve));
  turn.end(ending);
  return clock.now();
}

test("a lane never has more calls under way than it may", async () => {
  const clock = new SimulatedClock();
  const lane = newLine(clock).open(3, {});
  const ends = Promise.all(Array.from({ length: 9 }, () => call(lane, clock, 100)));
  await clock.pass();
  expect(await ends).toEqual([100, 100, 100, 200, 200, 200, 300, 300, 300]);
});

test("two jobs of unequal size are served by turns", async () => {
  const clock = new SimulatedClock();
  const line = newLine(clock);
  const served: string[] = [];
  const crowd = async (name: string, n: number) => {
    const lane = line.open(1000, {});
    await Promise.all(
      Array.from({ length: n }, async () => {
        const turn = await lane.turn("first", 100);
        served.push(name);
        await new Promise<void>((resolve) => clock.after(100, resolve));
        turn?.end({ kind: "trouble", crowded: true });
      }),
    );
  };
  const all = Promise.all([crowd("big", 500), crowd("small", 20)]);
  await clock.pass();
  await all;
  const lastOfSmall = served.lastIndexOf("small");
  expect(lastOfSmall).toBeLessThan(60);
  expect(served).toHaveLength(520);
});

test("a slow call holds up no other", async () => {
  const clock = new SimulatedClock();
  const lane = newLine(clock).open(2, {});
  const slow = call(lane, clock, 30_000);
  const quick = Promise.all(Array.from({ length: 100 }, () => call(lane, clock, 10)));
  await clock.pass();
  expect((await quick).at(-1)).toBe(1000);
  expect(await slow).toBe(30_000);
});

test("nobody is let through while the provider asks for rest, and everybody afterwards", async () => {
  const clock = new SimulatedClock();
  const lane = newLine(clock).open(100, {});
  const first = call(lane, clock, 10, { kind: "trouble", crowded: true, retryAfterMs: 5000 });
  await clock.pass(20);
  const second = call(lane, clock, 10);
  await clock.pass();
  expect(await first).toBe(10);
  expect(await second).toBe(5020);
});

test("a repeated attempt goes before first ones", async () => {
  const clock = new SimulatedClock();
  const lane = newLine(clock).open(1, {});
  const order: string[] = [];
  const wait = async (name: string, attempt: "first" | "again") => {
    const turn = await lane.turn(attempt, 100);
    order.push(name);
    turn?.end({ kind: "good" });
  };
  const busy = await lane.turn("first", 100);
  const all = Promise.all([wait("a", "first"), wait("b", "first"), wait("retry", "again")]);
  busy?.end({ kind: "good" });
  await all;
  expect(order).toEqual(["retry", "a", "b"]);
});

test("closing a lane sends those who wait away, and lets calls under way go on", async () => {
  const clock = new SimulatedClock();
  const line = newLine(clock);
  const lane = line.open(1, {});
  const underWay = await lane.turn("first", 100);
  const waiting = lane.turn("first", 100);
  lane.close();
  expect(await waiting).toBeUndefined();
  expect(await lane.turn("again", 100)).toBeUndefined();
  underWay?.end({ kind: "good" });
  const other: Turn | undefined = await line.open(1, {}).turn("first", 100);
  expect(other).toBeDefined();
});

test("a lane tells what is under way, what may be, and what keeps the next call back", async () => {
  const clock = new SimulatedClock();
  const pacer = new Pacer(() => 1);
  const lane = new CallLine(pacer, clock).open(3, { requestsPerMinute: 30 });
  const told = () => {
    const { underWay, allowed, heldBy, heldMs } = lane.gauge();
    return [underWay, allowed, heldBy, heldMs];
  };
  expect(told()).toEqual([0, 3, null, 0]);
  const turns: (Turn | undefined)[] = [];
  for (let n = 0; n < 4; n += 1) lane.turn("first", 100).then((turn) => turns.push(turn));
  await Promise.resolve();
  // A call every two seconds; one that came late may catch up on two.
  expect(told()).toEqual([2, 3, "own-limits", 2000]);
  await clock.pass();
  expect(told()).toEqual([3, 3, "concurrency", Number.POSITIVE_INFINITY]);
  turns[0]?.end({ kind: "trouble", crowded: false, retryAfterMs: 5000 });
  expect(told()).toEqual([2, 3, "retry-after", 5000]);
  // The fourth call starts when the rest is over.
  await clock.pass();
  for (const turn of turns) turn?.end({ kind: "neutral" });
});

test("a lane whose calls wait for the provider's pace, its bearing or its recovery tells so", () => {
  const clock = new SimulatedClock();
  const line = new CallLine(new Pacer(() => 1), clock);
  const lane = line.open(100, {});
  for (let n = 0; n < 5; n += 1) lane.turn("first", 100);
  expect(lane.gauge()).toMatchObject({ underWay: 4, allowed: 4, heldBy: "provider" });

  const paced = new Pacer(() => 1);
  const limits = { requests: { limit: 60, remaining: 0, resetMs: 60_000 } };
  paced.end(paced.start(100, 0), { kind: "good", limits }, 0);
  paced.start(100, 0);
  expect(paced.hold(0)?.by).toBe("rate-limit");

  const failing = new Pacer(() => 1);
  for (const at of [0, 1])
    failing.end(failing.start(100, at), { kind: "trouble", crowded: false }, at);
  expect(failing.hold(1)).toEqual({ by: "failures", ms: 500 });
});
