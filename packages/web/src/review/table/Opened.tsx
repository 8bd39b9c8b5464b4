import { Content } from "../../text/Content.tsx";
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
      <div className={styles.text} dir="auto">
        <Content record={record} keyword={keyword} />
      </div>
      <Metadata metadata={record.metadata} />
    </div>
  );
}
