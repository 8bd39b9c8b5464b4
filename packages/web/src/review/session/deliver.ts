import type { Label } from "@countersign/core";
import { accepted, arrived, refused } from "./answer.ts";
import { type Letter, sending, undelivered } from "./outbox.ts";
import type { Session } from "./session.ts";
import type { Store } from "./store.ts";

/** How letters reach the server. */
export interface Post {
  /** Stores a letter's verdicts, all or none; resolves to the labels as they stand then. */
  send(letter: Letter): Promise<readonly Label[]>;
  /** The labels of the records that a letter is about, as they stand. */
  look(letter: Letter): Promise<readonly Label[]>;
  /** Whether sending again may help: the server was not reached, or not fit. Everything else is a refusal. */
  isPassing(error: unknown): boolean;
  /** Says an error in words for the person. */
  wordsOf(error: unknown): string;
}

/** The pause after the first failure; it doubles up to the longest. */
const firstPauseMs = 500;
const longestPauseMs = 15_000;

export interface Delivery {
  /** Tries at once what waits for a pause to pass. */
  retry(): void;
}

/**
 * Sends what is put into the session's outbox, in order, one letter at a time. A letter that does not get through is
 * sent again until it does; one that the server refuses is handed back to the session.
 */
export function deliver(session: Store<Session>, post: Post): Delivery {
  let working = false;
  let wake: () => void = () => {};

  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const hold = (problem: unknown): void =>
    session.update((now) => ({ ...now, outbox: undelivered(now.outbox, post.wordsOf(problem)) }));

  /** Whether the first letter is answered, one way or the other. */
  const sendFirst = async (letter: Letter): Promise<boolean> => {
    try {
      const labels = await post.send(letter);
      session.update((now) => accepted(now, labels));
      return true;
    } catch (problem) {
      if (post.isPassing(problem)) hold(problem);
      else return settle(letter, problem);
      return false;
    }
  };

  /** The server refused, unless the letter had arrived before without our hearing of it. */
  const settle = async (letter: Letter, problem: unknown): Promise<boolean> => {
    let labels: readonly Label[] = [];
    try {
      labels = await post.look(letter);
    } catch (blind) {
      if (post.isPassing(blind)) {
        hold(blind);
        return false;
      }
    }
    session.update((now) =>
      arrived(now, labels) ? accepted(now, labels) : refused(now, post.wordsOf(problem), labels),
    );
    return true;
  };

  const work = async (): Promise<void> => {
    if (working) return;
    working = true;
    let wait = firstPauseMs;
    while (session.get().outbox.letters.length > 0) {
      session.update((now) => ({ ...now, outbox: sending(now.outbox) }));
      const [letter] = session.get().outbox.letters;
      if (letter && !(await sendFirst(letter))) {
        await pause(wait);
        wait = Math.min(2 * wait, longestPauseMs);
      } else wait = firstPauseMs;
    }
    working = false;
  };

  session.subscribe(work);
  return { retry: () => wake() };
}
