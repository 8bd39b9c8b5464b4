import { TextInput } from "@mantine/core";
import styles from "./BoundFields.module.css";
import type { Bound, DraftLabel } from "./draft.ts";

export interface BoundFieldsProps {
  readonly label: DraftLabel;
  readonly onChange: (bounds: DraftLabel["bounds"]) => void;
}

const fields: Partial<Record<DraftLabel["kind"], readonly (readonly [Bound, string, string])[]>> = {
  number: [
    ["min", "From", "no end"],
    ["max", "To", "no end"],
    ["step", "In steps of", "any number"],
  ],
  text: [["maxLength", "Most characters", "2000"]],
  ranking: [["top", "How many are ranked", "all"]],
};

/** What bounds a number, a text or a ranking; nothing for choices. A number from 1 to 5 in steps of 1 is a rating. */
export function BoundFields({ label: { kind, bounds }, onChange }: BoundFieldsProps) {
  const asked = fields[kind];
  if (!asked) return null;
  return (
    <div className={styles.bounds}>
      {asked.map(([name, words, placeholder]) => (
        <TextInput
          key={name}
          label={words}
          placeholder={placeholder}
          value={bounds[name]}
          inputMode="decimal"
          onChange={(event) => onChange({ ...bounds, [name]: event.currentTarget.value })}
          maxLength={20}
        />
      ))}
    </div>
  );
}
