import styles from "./Confidence.module.css";

/** A confidence as a thin bar, at 1 as wide as what it stands under; empty where there is none. */
export function ConfidenceBar({ value }: { readonly value: number | null }) {
  return (
    <span className={styles.bar} aria-hidden="true">
      {value !== null && <span className={styles.fill} style={{ width: `${value * 100}%` }} />}
    </span>
  );
}
