import type { FormerValue, LabelDefinition, Verification } from "@countersign/core";
import { When } from "../../format/When.tsx";
import { deedOf, wordsOf } from "../../label/words.ts";
import styles from "./History.module.css";

export interface HistoryProps {
  readonly verifications: readonly Verification[];
  /** What labels said before their options were renamed, oldest first. */
  readonly former: readonly FormerValue[];
  /** Id of the label whose history is shown. */
  readonly label: number;
  readonly definition: LabelDefinition;
}

/** Every verdict there ever was on a label, the newest first, and what it said before renames. */
export function History({ verifications, former, label, definition }: HistoryProps) {
  const verdicts = verifications.filter((one) => one.label === label).toReversed();
  const said = former.filter((one) => one.label === label).toReversed();
  if (verdicts.length + said.length === 0) return null;
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
        {said.map(({ value, until, at }) => (
          <li key={`until ${until}`}>
            was “{wordsOf(definition, value)}” until version {until}{" "}
            <span className={styles.when}>
              <When at={at} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
