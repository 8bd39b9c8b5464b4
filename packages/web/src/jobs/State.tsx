import type { JobState } from "@countersign/core";
import styles from "./State.module.css";

const words: Readonly<Record<JobState, string>> = {
  preparing: "preparing",
  running: "running",
  paused: "paused",
  cancelled: "cancelled",
  done: "done",
};

/** A job's state as a word; one that needs the person stands out. */
export function State({ state }: { readonly state: JobState }) {
  return (
    <span className={styles.state} data-state={state}>
      {words[state]}
    </span>
  );
}
