import type { LabelDefinition, Verification } from "@countersign/core";
import { When } from "../../format/When.tsx";
import { deedOf } from "../../label/words.ts";
import styles from "./History.module.css";

export interface HistoryProps {
  readonly verifications: readonly Verification[];
  /** Id of the label whose history is shown. */
  readonly label: number;
  readonly definition: LabelDefinition;
}

/** Every verdict there ever was on a label, the newest first. */
export function History({ verifications, label, definition }: HistoryProps) {
  const verdicts = verifications.filter((one) => one.label === label).toReversed();
  if (verdicts.length === 0) return null;
  return (
    <section>
      <h2>History</h2>
      <ol className={styles.verdicts}>
        {verdicts.map((verdict) => (
          <li key={verdict.id}>
            {verdict.verifier} {deedOf(verdict, definition)}{" "}
            <span className={styles.when}>
              <When at={verdict.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
