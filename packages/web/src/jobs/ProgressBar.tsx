import type { JobProgress } from "@countersign/core";
import styles from "./ProgressBar.module.css";
import { doneShare } from "./progress.ts";

export interface ProgressBarProps {
  readonly progress: JobProgress;
  readonly name: string;
}

/** The share of items that have an outcome. */
export function ProgressBar({ progress, name }: ProgressBarProps) {
  const share = doneShare(progress);
  return <progress className={styles.bar} aria-label={name} value={share} max={1} />;
}
