import type { LabelDefinition, LabelValue } from "@countersign/core";
import { Chip, type Hand } from "./Chip.tsx";
import styles from "./LabelChip.module.css";
import { chipsOf, noneWords } from "./words.ts";

export interface ChipsProps {
  readonly hand: Hand;
  readonly value: LabelValue;
  readonly definition: LabelDefinition | undefined;
}

/** A value as one hand wrote it: one chip an option, an option of spans with how many; with nothing chosen it says so. */
export function Chips({ hand, value, definition }: ChipsProps) {
  const said = chipsOf(definition, value);
  if (said.length === 0) return <Chip hand={hand} text={noneWords(definition)} />;
  return (
    <span className={styles.chips}>
      {said.map(({ key, text, place, colour }) => (
        <Chip key={key} hand={hand} text={text} place={place} colour={colour} />
      ))}
    </span>
  );
}
