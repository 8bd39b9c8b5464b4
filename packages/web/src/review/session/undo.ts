import type { Act } from "./act.ts";
import { posted, withdrawn } from "./outbox.ts";
import type { Session } from "./session.ts";

/**
 * Takes the last act back, back to the session's first. One that was never sent is dropped; of one that was, the verdicts
 * are retracted, which the history keeps.
 */
export function undo(session: Session): { session: Session; undone: Act } | undefined {
  const undone = session.acts.at(-1);
  if (!undone) return undefined;
  const acts = session.acts.slice(0, -1);
  const letter = session.outbox.letters.find(({ act }) => act.id === undone.id);
  if (letter?.attempts === 0)
    return { session: { ...session, acts, outbox: withdrawn(session.outbox, undone.id) }, undone };
  return {
    undone,
    session: {
      ...session,
      acts,
      nextId: session.nextId + 1,
      outbox: posted(session.outbox, {
        id: session.nextId,
        act: undone,
        does: "take-back",
        attempts: 0,
        decisions: undone.judgements.map(({ label, before }) => ({
          label,
          verdict: "RETRACTS",
          // where the verdict is still under way, its answer puts this right
          seen: session.labels.get(label)?.label.verified?.at ?? null,
          after: before,
        })),
      }),
    },
  };
}
