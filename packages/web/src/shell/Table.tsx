import type { ReactNode } from "react";
import styles from "./Table.module.css";

export interface TableProps {
  /** What the rows are, for those who listen. */
  readonly name: string;
  /** The `th` cells. */
  readonly head: ReactNode;
  /** The `tr` rows. */
  readonly children: ReactNode;
}

/**
 * A short list as a table; too wide for the screen, it scrolls by itself. A cell marked `data-n` holds a number; one with
 * `data-name` says the column's name where a small screen shows each row as a list. Each
 * row has a link, by which the keyboard reaches what is scrolled away.
 */
export function Table({ name, head, children }: TableProps) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table} aria-label={name}>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
