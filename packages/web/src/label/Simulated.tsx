import styles from "./LabelChip.module.css";

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
