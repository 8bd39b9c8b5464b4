import { kindWords, type Label, type LabelDefinition } from "@countersign/core";
import { LabelChip } from "../../label/LabelChip.tsx";
import styles from "./Asked.module.css";
import type { SingleView } from "./use-single.ts";

/** What is asked, above the place where it is answered. */
export function Asked({ definition }: { readonly definition: LabelDefinition }) {
  const { name, description } = definition;
  return (
    <p className={styles.asked} title={description}>
      {name}
      {description && ` – ${description}`} <span>({kindWords(definition)})</span>
    </p>
  );
}

export interface BesideProps {
  readonly definition: LabelDefinition;
  readonly label: Label;
  readonly single: SingleView;
  /** Why what is written cannot be saved; its place is kept free. */
  readonly fault: string | undefined;
}

/** The machine's word beneath the answer, struck through once a person says another, and what is wrong with that. */
export function Beside({ definition, label, single, fault }: BesideProps) {
  const { suggested } = single.marks;
  return (
    <div className={styles.beside}>
      {suggested !== undefined && (
        <span className={styles.suggested}>
          suggested <LabelChip definition={definition} label={{ ...label, ...unverified }} />
        </span>
      )}
      <span className={styles.fault} role="status">
        {fault}
      </span>
    </div>
  );
}

/** The machine's word alone, whatever a person said of it. */
const unverified = { status: "unverified", verified: null } as const;
