import type { JobProgress } from "@countersign/core";
import { count } from "../../format/number.ts";
import styles from "./Stages.module.css";

interface Stage {
  readonly name: string;
  /** What has passed this stage. */
  readonly n: number;
  readonly of: string;
  /** What fell out of it or came with it; those of zero are not shown. */
  readonly beside: readonly (readonly [n: number, words: string])[];
}

/** The way of a job's items through its four stages. */
const stagesOf = ({ total, outcomes, remaining, calls, retries, reused }: JobProgress): Stage[] => [
  {
    name: "Prepare",
    n: total,
    of: "records",
    beside: [[outcomes["prompt-too-long"], "too long to ask"]],
  },
  {
    name: "Call",
    n: calls,
    of: "calls answered",
    beside: [
      [retries, "retried"],
      [reused, "reused, not paid again"],
      [outcomes.failed, "failed"],
    ],
  },
  {
    name: "Extract",
    n: outcomes.labelled,
    of: "labelled",
    beside: [
      [outcomes["invalid-reply"], "invalid"],
      [outcomes.refused, "refused"],
    ],
  },
  {
    name: "Store",
    n: total - remaining,
    of: "outcomes stored",
    beside: [
      [remaining, "still to come"],
      [outcomes.cancelled, "cancelled"],
    ],
  },
];

/** Prepare, call, extract, store, left to right, with their counts. */
export function Stages({ progress }: { readonly progress: JobProgress }) {
  return (
    <ol className={styles.stages} aria-label="Stages">
      {stagesOf(progress).map(({ name, n, of, beside }) => (
        <li key={name} className={styles.stage}>
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
