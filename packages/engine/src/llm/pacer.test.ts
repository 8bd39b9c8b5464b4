import fc from "fast-check";
import { expect, test } from "vitest";
import { type Ending, Pacer, type Start } from "./pacer.ts";

const good: Ending = { kind: "good" };
const crowded: Ending = { kind: "trouble", crowded: true };
const broken: Ending = { kind: "trouble", crowded: false };

const pacer = () => new Pacer(() => 1);

/** Starts calls until no more may start. */
function fill(paced: Pacer, now: number): Start[] {
  const starts: Start[] = [];
  while (paced.delay(now) === 0) starts.push(paced.start(100, now));
  return starts;
}

/** Lets so many calls end one after the other, each place taken again at once. */
function flow(paced: Pacer, calls: number, ending: Ending | ((call: number) => Ending)): void {
  const underWay = fill(paced, 0);
  for (let call = 0; call < calls; call += 1) {
    const start = underWay.shift();
    if (start) paced.end(start, typeof ending === "function" ? ending(call) : ending, 0);
    underWay.push(...fill(paced, 0));
  }
  for (const start of underWay) paced.end(start, { kind: "neutral" }, 0);
}

test("begins with a few calls at once and lets one more in with each good reply", () => {
  const paced = pacer();
  expect(paced.limit).toBe(4);
  flow(paced, 100, good);
  expect(paced.limit).toBe(104);
  flow(paced, 1000, good);
  expect(paced.limit).toBe(512);
});

test("does not raise a limit that is not made use of", () => {
  const paced = pacer();
  flow(paced, 16, good);
  for (let call = 0; call < 1000; call += 1) paced.end(paced.start(100, 0), good, 0);
  expect(paced.limit).toBe(20);
});

test("halves with each round in which every call is turned away, down to one at a time", () => {
  const paced = pacer();
  flow(paced, 60, good);
  const limits: number[] = [];
  for (let round = 0; round < 8; round += 1) {
    for (const start of fill(paced, 0)) paced.end(start, crowded, 0);
    limits.push(paced.limit);
  }
  expect(limits[1]).toBeLessThanOrEqual(32);
  expect(limits.at(-1)).toBe(1);
});

test("falls by half the share of the calls turned away, and rises by about one a round", () => {
  const paced = pacer();
  flow(paced, 96, good);
  expect(paced.limit).toBe(100);
  flow(paced, 200, (call) => (call % 10 === 0 ? crowded : good));
  expect(paced.limit).toBeGreaterThanOrEqual(90);
  expect(paced.limit).toBeLessThan(100);
  const { limit } = paced;
  flow(paced, 4 * limit, good);
  expect(paced.limit - limit).toBeGreaterThanOrEqual(2);
  expect(paced.limit - limit).toBeLessThanOrEqual(4);
});

test("rests as long as the provider asks", () => {
  const paced = pacer();
  const [first, second] = fill(paced, 0);
  if (!first || !second) throw new Error("nothing started");
  paced.end(first, { ...crowded, retryAfterMs: 20_000 }, 1000);
  expect(paced.delay(1000)).toBe(20_000);
  paced.end(second, { ...crowded, retryAfterMs: 5000 }, 2000);
  for (const _ of Array(2)) paced.end(first, { kind: "neutral" }, 2000);
  expect(paced.delay(2000)).toBe(19_000);
  expect(paced.delay(21_000)).toBe(0);
});

test("one failure among good replies makes nobody else wait", () => {
  const paced = pacer();
  const [first, second] = fill(paced, 0);
  if (!first || !second) throw new Error("nothing started");
  paced.end(first, broken, 0);
  expect(paced.delay(0)).toBe(0);
  paced.end(second, good, 0);
  expect(paced.delay(0)).toBe(0);
});

test("while nothing but failures come back, it asks less and less, and half a minute apart at last", () => {
  const paced = pacer();
  const waits: number[] = [];
  for (let now = 0, crowd = 0; crowd < 10; crowd += 1) {
    for (const start of fill(paced, now)) paced.end(start, broken, now);
    waits.push(paced.delay(now));
    now += paced.delay(now);
  }
  expect(waits).toEqual([0, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
});

test("a good reply ends the rests", () => {
  const paced = pacer();
  let now = 0;
  for (let crowd = 0; crowd < 6; crowd += 1) {
    for (const start of fill(paced, now)) paced.end(start, broken, now);
    now += paced.delay(now);
  }
  paced.end(paced.start(100, now), good, now);
  paced.end(paced.start(100, now), broken, now);
  expect(paced.delay(now)).toBe(0);
});

test("whatever happens, it never starts more than the limit and never stands still for good", () => {
  const ending = fc.oneof(
    fc.constant(good),
    fc.constant(crowded),
    fc.constant(broken),
    fc.constant<Ending>({ kind: "neutral" }),
    fc.nat(60_000).map((retryAfterMs): Ending => ({ ...crowded, retryAfterMs })),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(ending, fc.nat(1000)), { maxLength: 300 }), (endings) => {
      const paced = pacer();
      const underWay: Start[] = [];
      let now = 0;
      for (const [how, later] of endings) {
        now += later;
        underWay.push(...fill(paced, now));
        expect(paced.underWay).toBe(underWay.length);
        const ended = underWay.shift();
        if (ended) paced.end(ended, how, now);
        expect(paced.limit).toBeGreaterThanOrEqual(1);
        expect(paced.limit).toBeLessThanOrEqual(512);
      }
      for (const start of underWay) paced.end(start, { kind: "neutral" }, now);
      expect(paced.delay(now)).toBeLessThanOrEqual(60_000);
    }),
  );
});
