import type { Label } from "@countersign/core";
import { delivered, withdrawn } from "./outbox.ts";
import { refreshed, type Session } from "./session.ts";
import { sameStanding } from "./verdict.ts";

/** The first letter is stored: the labels are as the server says. */
export function accepted(session: Session, labels: readonly Label[]): Session {
  const standing = new Map(labels.map((label) => [label.id, label.verified?.at ?? null]));
  const clock = session.clock + 1;
  return {
    ...refreshed(session, labels, clock),
    clock,
    outbox: delivered(session.outbox, standing),
  };
}

/**
 * The server will not take the first letter. A verdict comes back with the reason, unless the person has undone it
 * meanwhile; an undoing comes back with its verdict still standing.
 *
 * @param labels the labels concerned as they really stand
 */
export function refused(session: Session, why: string, labels: readonly Label[]): Session {
  const letter = session.outbox.letters[0];
  if (!letter) return session;
  const { act, does } = letter;
  const others = session.acts.filter(({ id }) => id !== act.id);
  const undone = others.length === session.acts.length;
  const tell = does === "take-back" || !undone;
  const clock = session.clock + 1;
  return {
    ...refreshed(session, labels, clock),
    clock,
    acts: does === "take-back" ? [...others, act].sort((a, b) => a.id - b.id) : others,
    returned: tell ? [...session.returned, { act, why }] : session.returned,
    outbox: withdrawn(session.outbox, act.id),
  };
}

/** Whether everything the first letter asks stands already: it had arrived when no answer did. */
export function arrived(session: Session, labels: readonly Label[]): boolean {
  const letter = session.outbox.letters[0];
  if (!letter || letter.attempts < 2) return false;
  const now = new Map(labels.map((label) => [label.id, label]));
  return letter.decisions.every(({ label, after }) => {
    const standing = now.get(label);
    return standing !== undefined && sameStanding(standing, after);
  });
}
