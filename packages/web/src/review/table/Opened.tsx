import { Highlighted } from "../../text/Highlighted.tsx";
import type { Item } from "../queue/item.ts";
import { Metadata } from "../single/Metadata.tsx";
import styles from "./Opened.module.css";

export interface OpenedProps {
  readonly item: Item;
  readonly keyword: string | undefined;
}

/** A row's whole text in place, with what was imported beside it. */
export function Opened({ item: { record }, keyword }: OpenedProps) {
  return (
    <div className={styles.opened}>
      <p className={styles.text} dir="auto">
        <Highlighted text={record.content} keyword={keyword} />
      </p>
      <Metadata metadata={record.metadata} />
    </div>
  );
}
