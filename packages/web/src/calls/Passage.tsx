import { useState } from "react";
import { counted } from "../format/number.ts";
import styles from "./ModelCalls.module.css";

export interface PassageProps {
  /** Left out where it stands above already. */
  readonly name?: string;
  readonly text: string;
  /** A machine's words are hollow, as its labels are. */
  readonly hand?: "machine";
}

/** A text that runs on is cut after so many characters until one asks for the rest. */
const mostShown = 1200;

/** A part of a prompt or a reply, as it is. */
export function Passage({ name, text, hand }: PassageProps) {
  const [whole, setWhole] = useState(false);
  const isCut = !whole && text.length > mostShown;
  return (
    <div className={styles.passage}>
      {name !== undefined && <p className={styles.name}>{name}</p>}
      <pre className={styles.text} data-hand={hand} dir="auto">
        {isCut ? `${text.slice(0, mostShown)} …` : text || "(nothing)"}
      </pre>
      {isCut && (
        <button type="button" className={styles.more} onClick={() => setWhole(true)}>
          Show {counted(text.length - mostShown, "more character")}
        </button>
      )}
    </div>
  );
}
