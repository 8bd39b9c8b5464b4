import type { LabelDefinition, Verification } from "@countersign/core";
import { When } from "../../format/When.tsx";
import { wordsOf } from "../session/verdict.ts";
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
            {verdict.verifier} {did(verdict, definition)}{" "}
            <span className={styles.when}>
              <When at={verdict.at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function did({ verdict, judged, value }: Verification, definition: LabelDefinition): string {
  switch (verdict) {
    case "CONFIRMS":
      return `confirmed ${wordsOf(definition, judged)}`;
    case "CORRECTS":
      return `corrected to ${value === null ? "" : wordsOf(definition, value)}`;
    case "RETRACTS":
      return "took a verdict back";
  }
}
