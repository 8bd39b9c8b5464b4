import type { Label, LabelDefinition, LabelValue } from "@countersign/core";
import { Chip, type Hand } from "./Chip.tsx";
import { ConfidenceBar, ConfidenceNumber } from "./Confidence.tsx";
import styles from "./LabelChip.module.css";
import { optionOf, valuesOf } from "./value.ts";

export interface LabelChipProps {
  /** What the schema says of the label's name; without it values are shown as stored. */
  readonly definition: LabelDefinition | undefined;
  /** Left out where nobody has labelled. */
  readonly label?: Label | undefined;
}

/**
 * A label as both hands wrote it. A machine's is hollow with its confidence; countersigned it is solid; corrected,
 * the person's solid chip stands before the machine's struck one. A simulated model's label says so.
 */
export function LabelChip({ definition, label }: LabelChipProps) {
  if (!label) return <Chip hand="nobody" text="no label" />;
  const machine = label.annotator.kind === "job";
  return (
    <span className={styles.label} data-status={label.status}>
      {label.verified && (
        <Chips hand="person" value={label.verified.value} definition={definition} />
      )}
      {(!label.verified || label.status === "corrected") && (
        <span className={styles.measured}>
          <Chips
            hand={label.verified ? "overruled" : machine ? "machine" : "person"}
            value={label.value}
            definition={definition}
          />
          {machine && <ConfidenceBar value={label.confidence} />}
        </span>
      )}
      <span className={styles.beside}>
        {machine && <ConfidenceNumber value={label.confidence} />}
        {label.metadata.simulated && <Simulated />}
      </span>
    </span>
  );
}

/** The word that every label of a simulated model carries. */
export function Simulated() {
  return (
    <span
      className={styles.simulated}
      title="A recorded answer of a simulated model; no LLM was called"
    >
      simulated
    </span>
  );
}

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
