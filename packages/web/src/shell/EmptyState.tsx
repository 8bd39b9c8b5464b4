import type { ReactNode } from "react";
import styles from "./EmptyState.module.css";

export interface EmptyStateProps {
  /** What is not here, as a fact: “No records yet”. */
  readonly title: string;
  /** Why, and what to do next. */
  readonly children: ReactNode;
  /** The next act. */
  readonly action?: ReactNode;
}

/** Where nothing is yet: says so, and what comes next. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <section className={styles.empty}>
      <h2>{title}</h2>
      <div className={styles.words}>{children}</div>
      {action}
    </section>
  );
}
