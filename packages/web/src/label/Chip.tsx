import type { Option } from "@countersign/core";
import styles from "./Chip.module.css";
import { OptionMark } from "./OptionMark.tsx";

/**
 * Whose hand wrote a label: the machine's is hollow, a person's solid, an overruled machine's hollow and struck,
 * and where nobody wrote it is dotted.
 */
export type Hand = "machine" | "person" | "overruled" | "nobody";

export interface ChipProps {
  readonly hand: Hand;
  readonly text: string;
  /** The option's place in the schema, for its colour. */
  readonly place?: number | null;
  readonly colour?: Option["colour"];
}

const spoken: Readonly<Record<Hand, string>> = {
  machine: "machine’s label: ",
  person: "person’s label: ",
  overruled: "overruled machine’s label: ",
  nobody: "",
};

/** One option as one hand wrote it. */
export function Chip({ hand, text, place = null, colour }: ChipProps) {
  const words = hand === "overruled" ? <s>{text}</s> : text;
  return (
    <span className={`${styles.chip} ${styles[hand]}`} data-hand={hand}>
      {hand !== "nobody" && <OptionMark place={place} colour={colour} />}
      <span className={styles.text} title={text}>
        <span className="spoken">{spoken[hand]}</span>
        {words}
      </span>
    </span>
  );
}
