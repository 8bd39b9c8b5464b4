import type { LabelDefinition, LabelValue } from "@countersign/core";
import { Chip, type Hand } from "./Chip.tsx";
import styles from "./LabelChip.module.css";
import { optionOf, valuesOf } from "./value.ts";

export interface ChipsProps {
  readonly hand: Hand;
  readonly value: LabelValue;
  readonly definition: LabelDefinition | undefined;
}

/** A value as one hand wrote it: one chip an option; a multiple choice with nothing chosen says so. */
export function Chips({ hand, value, definition }: ChipsProps) {
  const values = valuesOf(value);
  if (values.length === 0) return <Chip hand={hand} text="none of them" />;
  return (
    <span className={styles.chips}>
      {values.map((one) => {
        const { option, place } = optionOf(definition, one);
        return <Chip key={one} hand={hand} text={option.text} place={place} />;
      })}
    </span>
  );
}
