import type { LabelValue, Verdict } from "@countersign/core";
import type { Act } from "./act.ts";
import type { Standing } from "./verdict.ts";

/** One label's verdict on its way to the server. */
export interface Sendable {
  readonly label: number;
  readonly verdict: Verdict;
  readonly value?: LabelValue;
  /** The moment of the standing verdict that the person saw when deciding; null: none stood. */
  readonly seen: string | null;
  /** How the label is shown until the server has answered. */
  readonly after: Standing;
}

/** What is sent in one request: recorded whole or not at all. */
export interface Letter {
  readonly id: number;
  readonly act: Act;
  /** Whether it carries the act out or takes it back. */
  readonly does: "carry-out" | "take-back";
  readonly decisions: readonly Sendable[];
  /** How often it was sent; one that was sent may have arrived even where no answer came. */
  readonly attempts: number;
}

/** Letters not yet answered, in the order in which they are sent. One is under way at a time. */
export interface Outbox {
  readonly letters: readonly Letter[];
  /** Why the first letter could not be delivered when it was last tried. */
  readonly trouble: string | undefined;
}

export const emptyOutbox: Outbox = { letters: [], trouble: undefined };

export const posted = (outbox: Outbox, letter: Letter): Outbox => ({
  ...outbox,
  letters: [...outbox.letters, letter],
});

/** The first letter is being sent. */
export function sending(outbox: Outbox): Outbox {
  const [first, ...rest] = outbox.letters;
  return first
    ? { ...outbox, letters: [{ ...first, attempts: first.attempts + 1 }, ...rest] }
    : outbox;
}

/** The first letter did not get through; it stays first. */
export const undelivered = (outbox: Outbox, why: string): Outbox => ({ ...outbox, trouble: why });

/**
 * The first letter is answered and gone. Letters that wait to judge the same labels again were written in view of it:
 * what they have seen is what it came to, `standing` by label.
 */
export function delivered(outbox: Outbox, standing: ReadonlyMap<number, string | null>): Outbox {
  const letters = outbox.letters.slice(1).map((letter) =>
    letter.decisions.some(({ label }) => standing.has(label))
      ? {
          ...letter,
          decisions: letter.decisions.map((decision) => {
            const seen = standing.get(decision.label);
            return seen === undefined ? decision : { ...decision, seen };
          }),
        }
      : letter,
  );
  return { letters, trouble: undefined };
}

/** Everything that carries out or takes back the act is gone. */
export const withdrawn = (outbox: Outbox, act: number): Outbox => ({
  letters: outbox.letters.filter((letter) => letter.act.id !== act),
  trouble: undefined,
});

/** How labels are shown until the server has answered: the last word on each. */
export function expected(outbox: Outbox): ReadonlyMap<number, Standing> {
  return new Map(
    outbox.letters.flatMap((letter) =>
      letter.decisions.map(({ label, after }): [number, Standing] => [label, after]),
    ),
  );
}

/** Verdicts not yet known to be stored. */
export const unsaved = (outbox: Outbox): number =>
  outbox.letters.reduce((sum, letter) => sum + letter.decisions.length, 0);
