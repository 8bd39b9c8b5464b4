import type { Label, LabelDefinition, Verification } from "@countersign/core";
import { When } from "../../format/When.tsx";
import { deedOf } from "../../label/words.ts";
import styles from "./Facts.module.css";

export interface HistoryProps {
  /** Oldest first. */
  readonly verifications: readonly Verification[];
  readonly labels: readonly Label[];
  readonly definitions: readonly LabelDefinition[];
}

/** Who said what of the labels, the newest first; nothing while nobody has. */
export function History({ verifications, labels, definitions }: HistoryProps) {
  if (verifications.length === 0) return null;
  return (
    <section>
      <h2 className={styles.name}>History</h2>
      <ol className={styles.facts}>
        {verifications.toReversed().map((verification) => {
          const label = labels.find(({ id }) => id === verification.label);
          const definition = definitions.find(({ name }) => name === label?.name);
          return (
            <li key={verification.id} className={styles.fact}>
              <When at={verification.at} />
              <span>
                {verification.verifier} {deedOf(verification, definition)}
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
