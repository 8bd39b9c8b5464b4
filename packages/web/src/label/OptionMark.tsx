import styles from "./OptionMark.module.css";
import { optionColour } from "./option-colour.ts";

/** The small upright bar of an option's colour, beside the option's text and never instead of it. */
export function OptionMark({ place }: { readonly place: number | null }) {
  return (
    <span className={styles.mark} style={{ background: optionColour(place) }} aria-hidden="true" />
  );
}
