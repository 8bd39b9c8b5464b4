import type { JobProgress } from "@countersign/core";
import { count } from "../../format/number.ts";
import styles from "./Stages.module.css";

interface Stage {
  readonly name: string;
  /** Items that have passed it. */
  readonly n: number;
  readonly of: string;
  /** What is in it, fell out of it or came with it; those of zero are not shown. */
  readonly beside: readonly (readonly [n: number, words: string])[];
}

/** The way of a job's items through its four stages, in words. */
const wordsOf = ({ prepare, call, extract, store }: JobProgress["stages"]): Stage[] => [
  {
    name: "Prepare",
    n: prepare.done,
    of: prepare.complete ? "records" : "records so far",
    beside: [[prepare.tooLong, "too long to ask"]],
  },
  {
    name: "Call",
    n: call.done,
    of: "answered",
    beside: [
      [call.underWay, "under way"],
      [call.retries, "retried"],
      [call.reused, "reused, not paid again"],
      [call.failed, "failed"],
    ],
  },
  {
    name: "Extract",
    n: extract.done,
    of: "labelled",
    beside: [
      [extract.invalid, "invalid"],
      [extract.refused, "refused"],
    ],
  },
  {
    name: "Store",
    n: store.done,
    of: "stored",
    beside: [
      [store.unstored, "being stored"],
      [store.remaining, "still to come"],
      [store.cancelled, "cancelled"],
    ],
  },
];

/** Prepare, call, extract, store, left to right, with their counts; the line above each is as long as its share. */
export function Stages({ progress: { total, stages } }: { readonly progress: JobProgress }) {
  return (
    <ol className={styles.stages} aria-label="Stages">
      {wordsOf(stages).map(({ name, n, of, beside }) => (
        <li key={name} className={styles.stage}>
          <span
            className={styles.share}
            style={{ width: `${total === 0 ? 0 : (n / total) * 100}%` }}
          />
          <h2>{name}</h2>
          <p className={styles.n}>{count(n)}</p>
          <p className={styles.of}>{of}</p>
          <ul className={styles.beside}>
            {beside
              .filter(([some]) => some > 0)
              .map(([some, words]) => (
                <li key={words}>
                  <strong>{count(some)}</strong> {words}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
