import type { Label } from "@countersign/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accepted, arrived, refused } from "./answer.ts";
import { decide } from "./decide.ts";
import { sending, unsaved } from "./outbox.ts";
import { acknowledged, known, newSession, refreshed, type Session, shown } from "./session.ts";
import { undo } from "./undo.ts";
import { sameStanding, standingAfter } from "./verdict.ts";

const label = (id: number, value = "neg"): Label => ({
  id,
  name: "sentiment",
  value,
  annotator: { id: 1, kind: "job", name: "gpt", job: 1 },
  schemaVersion: 1,
  confidence: 0.6,
  confidenceMethod: "label-token-probability",
  metadata: {},
  createdAt: "2026-05-01T00:00:00.000Z",
  status: "unverified",
  verified: null,
});

const choose = (session: Session, of: Label, value: string, at = 1000): Session =>
  decide(session, [{ record: of.id, key: `r${of.id}`, label: of, value }], "ann", at);

const send = (session: Session): Session => ({ ...session, outbox: sending(session.outbox) });

/** What the server would answer to the first letter when nobody else is at work. */
function answer(session: Session, labels: readonly Label[], at: string): Session {
  const letter = session.outbox.letters[0];
  const stored = labels
    .filter(({ id }) => letter?.decisions.some((decision) => decision.label === id))
    .map((one) => {
      const after = letter?.decisions.find(({ label }) => label === one.id)?.after;
      const verified = after?.verified ? { ...after.verified, at } : null;
      return { ...one, status: after?.status ?? "unverified", verified } satisfies Label;
    });
  return accepted(session, stored);
}

describe("a decision", () => {
  it("agreeing confirms, anything else corrects, and both show before the server has answered", () => {
    const a = label(1);
    const b = label(2);
    const session = choose(choose(newSession, a, "neg"), b, "pos");
    expect(shown(session, a)).toMatchObject({ status: "confirmed", verified: { value: "neg" } });
    expect(shown(session, b)).toMatchObject({ status: "corrected", verified: { value: "pos" } });
    expect(session.outbox.letters.map(({ decisions }) => decisions)).toMatchObject([
      [{ label: 1, verdict: "CONFIRMS", seen: null }],
      [{ label: 2, verdict: "CORRECTS", value: "pos", seen: null }],
    ]);
  });

  it("is shown as one and the same label for as long as nothing changes", () => {
    const session = choose(newSession, label(1), "pos");
    const one = label(1);
    expect(shown(session, one)).toBe(shown(session, one));
    expect(shown(choose(session, label(2), "pos"), one)).toEqual(shown(session, one));
  });

  it("said again by the same person does nothing", () => {
    const session = choose(newSession, label(1), "neg");
    expect(choose(session, label(1), "neg", 2000)).toBe(session);
  });

  it("on a label somebody else has verified tells what was seen", () => {
    const theirs = {
      ...label(1),
      ...standingAfter("neg", "pos", "bob", "2026-05-01T01:00:00.000Z"),
    };
    const session = choose(newSession, theirs, "neg");
    expect(session.outbox.letters[0]?.decisions[0]?.seen).toBe("2026-05-01T01:00:00.000Z");
    expect(session.acts[0]?.judgements[0]?.before.verified?.by).toBe("bob");
  });

  it("changed before the first was answered has seen the first's answer when it is sent", () => {
    const a = label(1);
    let session = send(choose(newSession, a, "neg"));
    session = choose(session, a, "pos", 2000);
    expect(session.outbox.letters[1]?.decisions[0]?.seen).toBe(null);
    session = answer(session, [a], "2026-05-01T02:00:00.000Z");
    expect(session.outbox.letters[0]?.decisions[0]?.seen).toBe("2026-05-01T02:00:00.000Z");
    expect(shown(session, a).verified?.value).toBe("pos");
  });
});

describe("undo", () => {
  it("drops a verdict that was never sent", () => {
    const undone = undo(choose(newSession, label(1), "neg"));
    expect(undone?.session.outbox.letters).toEqual([]);
    expect(undone?.undone.judgements[0]?.record).toBe(1);
  });

  it("retracts one that was sent, even where no answer came yet", () => {
    const under = undo(send(choose(newSession, label(1), "neg")))?.session;
    expect(under?.outbox.letters.map(({ does }) => does)).toEqual(["carry-out", "take-back"]);
    expect(under?.outbox.letters[1]?.decisions[0]?.verdict).toBe("RETRACTS");
    expect(under && shown(under, label(1)).status).toBe("unverified");
  });

  it("has nothing to do in a new session", () => {
    expect(undo(newSession)).toBeUndefined();
  });

  it("goes back through the whole session, whatever was sent or answered in between", () => {
    const labels = [label(1), label(2), label(3)];
    const step = fc.oneof(
      fc.record({
        does: fc.constant("choose" as const),
        of: fc.nat(2),
        value: fc.constantFrom("neg", "neu", "pos"),
      }),
      fc.record({ does: fc.constantFrom("send" as const, "answer" as const, "undo" as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let session = newSession;
        let clock = 0;
        for (const each of steps) {
          clock += 1000;
          if (each.does === "choose") {
            const of = labels[each.of];
            if (of) session = choose(session, of, each.value, clock);
          } else if (each.does === "undo") session = undo(session)?.session ?? session;
          else if (each.does === "send") session = send(session);
          else if (session.outbox.letters[0]?.attempts)
            session = answer(session, labels, new Date(clock).toISOString());
        }
        while (session.acts.length > 0) session = undo(session)?.session ?? session;
        for (const one of labels) expect(shown(session, one).status).toBe("unverified");
        while (session.outbox.letters.length > 0) {
          clock += 1000;
          session = answer(send(session), labels, new Date(clock).toISOString());
        }
        for (const one of labels) expect(known(session, one).status).toBe("unverified");
      }),
    );
  });
});

describe("an answer", () => {
  it("of the server is the truth, also about others' verdicts", () => {
    const theirs = {
      ...label(1),
      ...standingAfter("neg", "pos", "bob", "2026-05-01T01:00:00.000Z"),
    };
    const session = accepted(send(choose(newSession, label(1), "neg")), [theirs]);
    expect(shown(session, label(1)).verified?.by).toBe("bob");
    expect(unsaved(session.outbox)).toBe(0);
  });

  it("that refuses brings the record back with the reason and leaves later verdicts on their way", () => {
    const sent = choose(send(choose(newSession, label(1), "neg")), label(2), "pos");
    const session = refused(sent, "anna has corrected it meanwhile", []);
    expect(session.returned).toMatchObject([
      { why: "anna has corrected it meanwhile", act: { judgements: [{ record: 1 }] } },
    ]);
    expect(shown(session, label(1)).status).toBe("unverified");
    expect(session.acts).toHaveLength(1);
    expect(session.outbox.letters).toMatchObject([{ decisions: [{ label: 2 }] }]);
    expect(acknowledged(session, session.returned[0]?.act.id ?? 0).returned).toEqual([]);
  });

  it("that refuses what was undone meanwhile is no news", () => {
    const session = undo(send(choose(newSession, label(1), "neg")))?.session;
    const after = session && refused(session, "no", []);
    expect(after).toMatchObject({ acts: [], returned: [], outbox: { letters: [] } });
  });

  it("that refuses an undoing puts the verdict back where it was", () => {
    const labels = [label(1), label(2)];
    let session = choose(newSession, label(1), "neg");
    session = answer(send(session), labels, "2026-05-01T02:00:00.000Z");
    session = undo(session)?.session ?? session;
    session = choose(session, label(2), "neg", 3000);
    session = refused(send(session), "no", []);
    expect(session.acts.map(({ judgements }) => judgements[0]?.record)).toEqual([1, 2]);
    expect(shown(session, label(1)).status).toBe("confirmed");
  });

  it("that never came is known to have been stored when the label stands as asked", () => {
    const a = label(1);
    const twice = send(send(choose(newSession, a, "neg")));
    const stored = { ...a, ...standingAfter("neg", "neg", "ann", "2026-05-01T05:00:00.000Z") };
    expect(arrived(twice, [stored])).toBe(true);
    expect(arrived(twice, [a])).toBe(false);
    expect(arrived(send(choose(newSession, a, "neg")), [stored])).toBe(false);
  });

  it("is not overwritten by what was asked before it came", () => {
    const a = label(1);
    const session = answer(send(choose(newSession, a, "neg")), [a], "2026-05-01T02:00:00.000Z");
    expect(shown(refreshed(session, [a], 0), a).status).toBe("confirmed");
    expect(shown(refreshed(session, [a], session.clock), a).status).toBe("unverified");
  });

  it("that tells nothing new changes nothing", () => {
    const theirs = {
      ...label(1),
      ...standingAfter("neg", "neg", "bob", "2026-05-01T01:00:00.000Z"),
    };
    const session = refreshed(newSession, [theirs], 0);
    expect(refreshed(session, [{ ...theirs }], 0)).toBe(session);
  });

  it("to a look at the server shows what others did", () => {
    const theirs = {
      ...label(1),
      ...standingAfter("neg", "neg", "bob", "2026-05-01T01:00:00.000Z"),
    };
    expect(shown(refreshed(newSession, [theirs], 0), label(1)).status).toBe("confirmed");
  });
});

it("standings are the same whenever they were come to", () => {
  const early = standingAfter("neg", "pos", "ann", "2026-05-01T01:00:00.000Z");
  expect(sameStanding(early, standingAfter("neg", "pos", "ann", "2026-05-02T01:00:00.000Z"))).toBe(
    true,
  );
  expect(sameStanding(early, standingAfter("neg", "pos", "bob", "2026-05-01T01:00:00.000Z"))).toBe(
    false,
  );
});
