import type { ReactNode } from "react";
import styles from "./Sentence.module.css";

export interface SentenceProps {
  /** What the sentence decides: “Which records are shown”. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A filter written as a sentence: plain words between parts that open their control. */
export function Sentence({ name, children }: SentenceProps) {
  return (
    <fieldset className={styles.sentence}>
      <legend className="spoken">{name}</legend>
      {children}
    </fieldset>
  );
}
