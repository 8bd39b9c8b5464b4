import styles from "./SimulatedNotice.module.css";

/** Stands wherever labels of a simulated model are shown. */
export function SimulatedNotice() {
  return (
    <p className={styles.notice} role="note">
      <strong>Simulated.</strong> Labels marked <em>simulated</em> are recorded answers of a
      simulated model; no LLM was called.
    </p>
  );
}
