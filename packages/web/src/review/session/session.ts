import type { Label } from "@countersign/core";
import type { Act } from "./act.ts";
import { emptyOutbox, expected, type Outbox } from "./outbox.ts";
import type { Standing } from "./verdict.ts";

/** An act that the server would not store, or not take back, with its reason. */
export interface Returned {
  readonly act: Act;
  readonly why: string;
}

/** A label as the server gave it. */
interface Told {
  readonly label: Label;
  /** The session's clock when the server was asked. */
  readonly clock: number;
}

/** What one person has done on one machine's labels since the page was opened, and what is on its way to the server. */
export interface Session {
  /** Labels as the server last gave them, by id, where that is newer than the page they came on. */
  readonly labels: ReadonlyMap<number, Told>;
  /** Counts the server's answers to verdicts; tells what was asked before one from what was asked after it. */
  readonly clock: number;
  /** Oldest first, without those undone. */
  readonly acts: readonly Act[];
  readonly returned: readonly Returned[];
  /** Records passed over without a verdict. */
  readonly skipped: ReadonlySet<number>;
  readonly outbox: Outbox;
  /** Numbers acts and letters. */
  readonly nextId: number;
}

export const newSession: Session = {
  labels: new Map(),
  clock: 0,
  acts: [],
  returned: [],
  skipped: new Set(),
  outbox: emptyOutbox,
  nextId: 1,
};

/** The label as the server last gave it. */
export const known = (session: Session, label: Label): Label =>
  session.labels.get(label.id)?.label ?? label;

/** Labels over which something unanswered lies, as they were shown last, so that the same is shown as the same. */
let drawn: {
  readonly outbox: Outbox;
  readonly expected: ReadonlyMap<number, Standing>;
  readonly labels: Map<number, { readonly stored: Label; readonly label: Label }>;
} = { outbox: emptyOutbox, expected: new Map(), labels: new Map() };

/** The label as it is shown: what the server has, and over it what it has not answered yet. */
export function shown(session: Session, label: Label): Label {
  const { outbox } = session;
  if (drawn.outbox !== outbox) drawn = { outbox, expected: expected(outbox), labels: new Map() };
  const stored = known(session, label);
  const standing = drawn.expected.get(label.id);
  if (!standing) return stored;
  const before = drawn.labels.get(label.id);
  if (before?.stored === stored) return before.label;
  const now = { ...stored, ...standing };
  drawn.labels.set(label.id, { stored, label: now });
  return now;
}

/**
 * What the server says of labels, whoever changed them. What it said of a label before it answered a verdict on it
 * is out of date and left aside.
 *
 * @param asked the session's clock when it was asked
 */
export function refreshed(session: Session, labels: readonly Label[], asked: number): Session {
  const news = labels.filter((label) => {
    const told = session.labels.get(label.id);
    return !told || (told.clock <= asked && !sameMoment(told.label, label));
  });
  if (news.length === 0) return session;
  const told = news.map((label): [number, Told] => [label.id, { label, clock: asked }]);
  return { ...session, labels: new Map([...session.labels, ...told]) };
}

/** Whether a label stands by the same verdict. */
const sameMoment = (a: Label, b: Label): boolean =>
  a.status === b.status && a.verified?.at === b.verified?.at;

/** The record is passed over. */
export const skipped = (session: Session, record: number): Session => ({
  ...session,
  skipped: new Set([...session.skipped, record]),
});

/** Skipped records are to be seen again. */
export const unskipped = (session: Session): Session => ({ ...session, skipped: new Set() });

/** The person has read why an act came back. */
export const acknowledged = (session: Session, act: number): Session => ({
  ...session,
  returned: session.returned.filter((returned) => returned.act.id !== act),
});

/** The records decided or skipped in this session. */
export const handled = (session: Session): ReadonlySet<number> =>
  new Set([
    ...session.skipped,
    ...session.acts.flatMap(({ judgements }) => judgements.map(({ record }) => record)),
  ]);

/** The records of single verdicts that came back, to be judged again. */
export const toJudgeAgain = (session: Session): readonly number[] =>
  session.returned.flatMap(({ act: { judgements } }) => {
    const [first, second] = judgements;
    return first && !second ? [first.record] : [];
  });
