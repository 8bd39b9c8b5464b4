import type { Assignment, Job, Label } from "@countersign/core";
import { When } from "../../format/When.tsx";
import { ConfidenceBar } from "../../label/ConfidenceBar.tsx";
import { ConfidenceNumber } from "../../label/ConfidenceNumber.tsx";
import { Simulated } from "../../label/Simulated.tsx";
import type { Item } from "../../review/queue/item.ts";
import styles from "../../review/single/Facts.module.css";
import { Metadata } from "../../review/single/Metadata.tsx";

export interface AssignedFactsProps {
  readonly project: string;
  readonly item: Item;
  readonly label: Label;
  readonly job: Job | undefined;
  readonly mode: Assignment["mode"];
  /** Whether what the job says is hidden until the person has decided. */
  readonly hidden: boolean;
}

/** What else may be known of a record in hand: what others said of it may not. */
export function AssignedFacts({ item, label, job, mode, hidden }: AssignedFactsProps) {
  const said = label.annotator.job !== null;
  return (
    <aside className={styles.facts} aria-label="About this record">
      {mode === "verify" && hidden && (
        <p className={styles.hidden}>What the model says is hidden until you have decided.</p>
      )}
      {job && said && !hidden && (
        <section>
          <h2>Model</h2>
          <p className={styles.model}>
            {label.metadata.model ?? job.agent.model} {job.simulated && <Simulated />}
          </p>
          <p className={styles.soft}>
            job {job.id} · <When at={label.createdAt} />
          </p>
          <div className={styles.confidence}>
            <span>confidence</span>
            <ConfidenceNumber value={label.confidence} />
          </div>
          <ConfidenceBar value={label.confidence} />
        </section>
      )}
      <section>
        <h2>Record</h2>
        <p className={styles.key}>{item.record.key}</p>
        <Metadata metadata={item.record.metadata} />
      </section>
      <p className={styles.soft}>
        Nobody else has this record in your place. What others say of it is not shown here.
      </p>
    </aside>
  );
}
