import styles from "./Confidence.module.css";

const formatted = new Intl.NumberFormat("en-GB", {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** A confidence as a number from 0.00 to 1.00; a dash where the model gave no probabilities. */
export function ConfidenceNumber({ value }: { readonly value: number | null }) {
  if (value === null)
    return (
      <span className={styles.number} title="The model gave no probabilities">
        <span className="spoken">no confidence</span>
        <span aria-hidden="true">–</span>
      </span>
    );
  return (
    <span className={styles.number} title={`Confidence ${value}`}>
      <span className="spoken">confidence </span>
      {formatted.format(value)}
    </span>
  );
}
