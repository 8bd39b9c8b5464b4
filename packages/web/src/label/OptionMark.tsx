import type { Option } from "@countersign/core";
import styles from "./OptionMark.module.css";
import { optionColour } from "./option-colour.ts";

export interface OptionMarkProps {
  /** The option's place in the schema, for its colour where it was given none. */
  readonly place: number | null;
  readonly colour?: Option["colour"];
}

/** The small upright bar of an option's colour, beside the option's text and never instead of it. */
export function OptionMark({ place, colour }: OptionMarkProps) {
  const background = optionColour(place, colour);
  return <span className={styles.mark} style={{ background }} aria-hidden="true" />;
}
