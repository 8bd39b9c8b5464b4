import type { ImportRules } from "@countersign/core";
import { Choice } from "../../sentence/Choice.tsx";
import styles from "./ChosenFile.module.css";

export interface RulesChoiceProps {
  readonly rules: ImportRules;
  readonly onChange: (rules: ImportRules) => void;
}

/** What is done with what is there already, and with rows that cannot be taken. */
export function RulesChoice({ rules, onChange }: RulesChoiceProps) {
  return (
    <p className={styles.rules}>
      <span>A key that is there with other content</span>
      <Choice
        name="Duplicate keys"
        set={rules.duplicates !== "refuse"}
        options={[
          ["refuse", "refuses its row"],
          ["skip", "is passed over"],
          ["update", "replaces what is there"],
        ]}
        chosen={rules.duplicates}
        onChoose={(duplicates) => onChange({ ...rules, duplicates })}
      />
      <span>· a text that is there</span>
      <Choice
        name="Same texts"
        set={rules.sameTexts !== "keep"}
        options={[
          ["keep", "becomes a record of its own"],
          ["merge", "joins the record with it"],
        ]}
        chosen={rules.sameTexts}
        onChoose={(sameTexts) => onChange({ ...rules, sameTexts })}
      />
      <span>· a row that cannot be taken</span>
      <Choice
        name="Bad rows"
        set={rules.badRows !== "refuse"}
        options={[
          ["refuse", "stops the import"],
          ["leave-out", "is left out"],
        ]}
        chosen={rules.badRows}
        onChoose={(badRows) => onChange({ ...rules, badRows })}
      />
    </p>
  );
}
