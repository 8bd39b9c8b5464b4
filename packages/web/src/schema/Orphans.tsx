import { Button } from "@mantine/core";
import { useEffect, useRef } from "react";
import styles from "./SchemaForm.module.css";

export interface OrphansProps {
  readonly problem: { readonly what?: string | undefined; readonly next?: string | undefined };
  readonly onSave: () => void;
  readonly onBack: () => void;
}

/** How many labels a schema would leave behind, and whether it may. */
export function Orphans({ problem, onSave, onBack }: OrphansProps) {
  const question = useRef<HTMLDivElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <div ref={question} className={styles.orphans} role="alert" tabIndex={-1}>
      <p>{problem.what}</p>
      <p className={styles.aside}>{problem.next}</p>
      <div className={styles.acts}>
        <Button variant="default" onClick={onBack}>
          Go on editing
        </Button>
        <Button variant="default" onClick={onSave}>
          Leave these labels behind and save
        </Button>
      </div>
    </div>
  );
}
