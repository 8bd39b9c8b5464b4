import type { Label } from "@countersign/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { decide } from "./decide.ts";
import { deliver, type Post } from "./deliver.ts";
import type { Letter } from "./outbox.ts";
import { newSession, type Session, shown } from "./session.ts";
import { createStore } from "./store.ts";
import { undo } from "./undo.ts";

const machine = (id: number): Label => ({
  id,
  name: "sentiment",
  value: "neg",
  annotator: { id: 1, kind: "job", name: "gpt", job: 1 },
  schemaVersion: 1,
  confidence: null,
  confidenceMethod: null,
  metadata: {},
  createdAt: "2026-05-01T00:00:00.000Z",
  status: "unverified",
  verified: null,
});

type Weather = "fine" | "lost-request" | "lost-answer";

class Unreachable extends Error {}
class Outdated extends Error {}

/** A server that keeps the verdicts' history and refuses what was decided on a state that has passed. */
function serverWith(ids: readonly number[]) {
  const history = new Map(
    ids.map((id): [number, { value: string; by: string; at: string }[]] => [id, []]),
  );
  let moment = 0;
  let weather: Weather[] = [];
  const stored = (id: number): Label => {
    const verified = history.get(id)?.at(-1) ?? null;
    const status = verified ? (verified.value === "neg" ? "confirmed" : "corrected") : "unverified";
    return { ...machine(id), status, verified };
  };
  const record = (letter: Letter): Label[] => {
    for (const { label, seen } of letter.decisions)
      if ((stored(label).verified?.at ?? null) !== seen) throw new Outdated("bob was faster");
    for (const { label, verdict, value } of letter.decisions) {
      moment += 1;
      const at = new Date(moment).toISOString();
      const verdicts = history.get(label) ?? [];
      if (verdict === "RETRACTS") verdicts.pop();
      else verdicts.push({ value: typeof value === "string" ? value : "neg", by: "ann", at });
    }
    return letter.decisions.map(({ label }) => stored(label));
  };
  const post: Post = {
    async send(letter) {
      const now = weather.shift() ?? "fine";
      if (now === "lost-request") throw new Unreachable("no answer");
      const labels = record(letter);
      if (now === "lost-answer") throw new Unreachable("no answer");
      return labels;
    },
    look: async (letter) => letter.decisions.map(({ label }) => stored(label)),
    isPassing: (problem) => problem instanceof Unreachable,
    wordsOf: (problem) => (problem instanceof Error ? problem.message : ""),
  };
  return {
    post,
    stored,
    expect: (coming: Weather[]) => {
      weather = coming;
    },
    byBob: (id: number) =>
      history
        .get(id)
        ?.push({ value: "pos", by: "bob", at: new Date(++moment * 1000).toISOString() }),
  };
}

const choose = (id: number, value: string) => (session: Session) =>
  decide(session, [{ record: id, key: `r${id}`, label: machine(id), value }], "ann", 1000);
const takeBack = (session: Session) => undo(session)?.session ?? session;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const allSent = async () => {
  await vi.advanceTimersByTimeAsync(600_000);
};

describe("delivery", () => {
  it("sends verdicts in order and shows what the server made of them", async () => {
    const server = serverWith([1, 2]);
    const session = createStore(newSession);
    deliver(session, server.post);
    session.update(choose(1, "neg"));
    session.update(choose(2, "pos"));
    session.update(choose(1, "pos"));
    await allSent();
    expect(server.stored(1)).toMatchObject({ status: "corrected", verified: { value: "pos" } });
    expect(server.stored(2).status).toBe("corrected");
    expect(session.get().outbox).toEqual({ letters: [], trouble: undefined });
  });

  it("holds what does not get through, says why, and sends it when told to try again", async () => {
    const server = serverWith([1]);
    server.expect(["lost-request", "lost-request"]);
    const session = createStore(newSession);
    const delivery = deliver(session, server.post);
    session.update(choose(1, "neg"));
    await vi.advanceTimersByTimeAsync(0);
    expect(session.get().outbox.trouble).toBe("no answer");
    delivery.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.stored(1).status).toBe("unverified");
    delivery.retry();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.stored(1).status).toBe("confirmed");
    expect(session.get().outbox.trouble).toBeUndefined();
  });

  it("never writes over somebody else's verdict that the person did not see", async () => {
    const server = serverWith([1, 2]);
    const session = createStore(newSession);
    deliver(session, server.post);
    server.byBob(1);
    session.update(choose(1, "neg"));
    session.update(choose(2, "neg"));
    await allSent();
    expect(server.stored(1).verified?.by).toBe("bob");
    expect(session.get().returned).toMatchObject([{ why: "bob was faster" }]);
    expect(shown(session.get(), machine(1)).verified?.by).toBe("bob");
    expect(server.stored(2).status).toBe("confirmed");
  });

  it("whatever is lost on the way, the server ends with the person's last word, once", async () => {
    const act = fc.oneof(
      fc.record({
        id: fc.integer({ min: 1, max: 3 }),
        value: fc.constantFrom("neg", "neu", "pos"),
      }),
      fc.constant("undo" as const),
      fc.constant("wait" as const),
    );
    const weather = fc.array(fc.constantFrom<Weather>("fine", "lost-request", "lost-answer"), {
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 20 }), weather, async (acts, coming) => {
        const server = serverWith([1, 2, 3]);
        server.expect([...coming]);
        const session = createStore(newSession);
        deliver(session, server.post);
        const said: { id: number; value: string }[] = [];
        for (const each of acts) {
          if (each === "wait") await vi.advanceTimersByTimeAsync(700);
          else if (each === "undo") {
            session.update(takeBack);
            said.pop();
          } else {
            const before = session.get();
            session.update(choose(each.id, each.value));
            if (session.get() !== before) said.push(each);
          }
        }
        await allSent();
        for (const id of [1, 2, 3])
          expect(server.stored(id).verified?.value ?? null).toBe(
            said.findLast((one) => one.id === id)?.value ?? null,
          );
        expect(session.get().returned).toEqual([]);
        expect(session.get().acts).toHaveLength(said.length);
        while (session.get().acts.length > 0) session.update(takeBack);
        await allSent();
        for (const id of [1, 2, 3]) expect(server.stored(id).status).toBe("unverified");
      }),
      { numRuns: 200 },
    );
  });
});
