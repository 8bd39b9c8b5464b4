import type { FaultGroup, ReasonReport } from "@countersign/core";
import { count, counted } from "../../format/number.ts";
import { excerpt } from "../../text/excerpt.ts";
import styles from "./Reasons.module.css";

/** Why records have no label, the commonest reason first, each with what to do and the commonest replies. */
export function Reasons({ reasons }: { readonly reasons: readonly ReasonReport[] }) {
  if (reasons.length === 0) return null;
  return (
    <section className={styles.reasons}>
      <h2>Without a label</h2>
      {reasons.map(({ reason, says, next, items, looked, groups }) => (
        <section key={reason} className={styles.reason}>
          <h3>
            {says}: {counted(items, "record")}
          </h3>
          <p className={styles.next}>{next}</p>
          <ul className={styles.groups} aria-label={`${says}, the commonest`}>
            {groups.map((group) => (
              <Group key={group.examples[0]?.record.id} group={group} looked={looked} />
            ))}
          </ul>
          {looked < items && (
            <p className={styles.among}>Shares are of the first {count(looked)}.</p>
          )}
        </section>
      ))}
    </section>
  );
}

interface GroupProps {
  readonly group: FaultGroup;
  readonly looked: number;
}

/** Records that ended alike: the words at fault, a hollow bar for how many, and examples to unfold. */
const Group = ({ group: { words, items, examples }, looked }: GroupProps) => (
  <li>
    <details className={styles.group}>
      <summary>
        <span className={styles.words} dir="auto">
          {words || "(nothing)"}
        </span>
        <span className={styles.track}>
          <span className={styles.bar} style={{ width: `${(items / looked) * 100}%` }} />
        </span>
        <span className={styles.n}>{count(items)}</span>
      </summary>
      <ul className={styles.examples}>
        {examples.map(({ record, reply }) => (
          <li key={record.id} className={styles.example}>
            <p className={styles.record}>
              <span className={styles.key}>{record.key}</span>{" "}
              <span dir="auto">{excerpt(record.content, undefined, 240)}</span>
            </p>
            {reply !== null && (
              <pre className={styles.reply} dir="auto">
                {reply || "(nothing)"}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </details>
  </li>
);
