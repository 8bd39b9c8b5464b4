import { SegmentedControl } from "@mantine/core";
import type { ReviewSearch } from "../search/review-search.ts";
import type { Desk } from "../session/desk.ts";
import { Saved } from "./Saved.tsx";
import styles from "./SessionBar.module.css";

export interface SessionBarProps {
  readonly desk: Desk;
  readonly progress: string;
  readonly view: ReviewSearch["view"];
  readonly onView: (view: ReviewSearch["view"]) => void;
}

/** Where one is, whether it is saved, and the way to the other view. The way back is beside what was done last. */
export function SessionBar({ desk, progress, view, onView }: SessionBarProps) {
  return (
    <div className={styles.bar}>
      <span className={styles.progress}>{progress}</span>
      <Saved desk={desk} />
      <SegmentedControl
        size="xs"
        aria-label="View"
        value={view}
        onChange={(chosen) => onView(chosen === "table" ? "table" : "single")}
        data={[
          { value: "single", label: "One by one" },
          { value: "table", label: "Table" },
        ]}
      />
    </div>
  );
}
