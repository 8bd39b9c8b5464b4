import { isMachine, type Label, type LabelDefinition } from "@countersign/core";
import { Chip } from "./Chip.tsx";
import { Chips } from "./Chips.tsx";
import { ConfidenceBar } from "./ConfidenceBar.tsx";
import { ConfidenceNumber } from "./ConfidenceNumber.tsx";
import styles from "./LabelChip.module.css";
import { Simulated } from "./Simulated.tsx";

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
  const machine = isMachine(label.annotator.kind);
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
