import type { JobPause } from "@countersign/core";
import styles from "./PauseNotice.module.css";

/** Why the job stands still, in the provider's own words where it was the provider. */
export function PauseNotice({ pause }: { readonly pause: JobPause }) {
  return (
    <section className={styles.notice} role="alert">
      <p className={styles.what}>{pause.what}</p>
      <p>What was labelled so far is stored; going on does not pay for it again.</p>
      <p>{pause.next}</p>
    </section>
  );
}
