import type {
  FormerValue,
  Label,
  LabelChange,
  LabelDefinition,
  Verification,
} from "@countersign/core";
import { When } from "../../format/When.tsx";
import { deedOf, wordsOf } from "../../label/words.ts";
import styles from "./Facts.module.css";

export interface HistoryProps {
  /** Oldest first. */
  readonly verifications: readonly Verification[];
  /** People's own labels, oldest first. */
  readonly changes: readonly LabelChange[];
  /** What labels said before their options were renamed. */
  readonly former: readonly FormerValue[];
  readonly labels: readonly Label[];
  readonly definitions: readonly LabelDefinition[];
}

/** Who said what of the record and its labels, the newest first; nothing while nobody has. */
export function History({ verifications, changes, former, labels, definitions }: HistoryProps) {
  const definitionOf = (name: string | undefined) => definitions.find((one) => one.name === name);
  const deeds = [
    ...verifications.map((verification) => ({
      key: `verdict ${verification.id}`,
      at: verification.at,
      who: verification.verifier,
      did: deedOf(
        verification,
        definitionOf(labels.find(({ id }) => id === verification.label)?.name),
      ),
    })),
    ...changes.map(({ id, at, by, name, value }) => ({
      key: `label ${id}`,
      at,
      who: by,
      did:
        value === null
          ? `took the label for ${name} back`
          : `labelled ${name} “${wordsOf(definitionOf(name), value)}”`,
    })),
    ...former.map(({ label, value, until, at }) => {
      const name = labels.find(({ id }) => id === label)?.name ?? "a label";
      return {
        key: `former ${label} ${until}`,
        at,
        who: name,
        did: `was “${wordsOf(definitionOf(name), value)}” until version ${until}`,
      };
    }),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (deeds.length === 0) return null;
  return (
    <section>
      <h2 className={styles.name}>History</h2>
      <ol className={styles.facts}>
        {deeds.map(({ key, at, who, did }) => (
          <li key={key} className={styles.fact}>
            <When at={at} />
            <span>
              {who} {did}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
