import type { FoundRecord, LabelDefinition } from "@countersign/core";
import { memo, useEffect, useRef } from "react";
import { LabelChip } from "../../label/LabelChip.tsx";
import { excerpt } from "../../text/excerpt.ts";
import { Highlighted } from "../../text/Highlighted.tsx";
import type { DataSearch } from "../search.ts";
import { RecordPanel } from "./RecordPanel.tsx";
import styles from "./RecordRow.module.css";
import { shownLabel } from "./shown-label.ts";

export interface RecordRowProps {
  readonly index: number;
  readonly record: FoundRecord;
  readonly project: string;
  readonly labels: readonly LabelDefinition[];
  /** The labels that have a column. */
  readonly columns: readonly LabelDefinition[];
  readonly keyword: string | undefined;
  readonly by: DataSearch["by"];
  readonly unfolded: boolean;
  /** `stop`: Tab leads here; `taken`: and the focus is to be here now. */
  readonly focus: "none" | "stop" | "taken";
  readonly onSimilar: (record: number) => void;
  readonly measure: (element: HTMLTableSectionElement | null) => void;
}

/** So many characters of a key's end are always seen: there long keys differ. */
const keyEnd = 6;

/** One record on one line, and beneath it the whole record where it is unfolded. */
export const RecordRow = memo(function RecordRow({
  index,
  record,
  project,
  labels,
  columns,
  keyword,
  by,
  unfolded,
  focus,
  onSimilar,
  measure,
}: RecordRowProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus === "taken") button.current?.focus({ preventScroll: true });
  }, [focus]);
  return (
    <tbody ref={measure} data-index={index} className={styles.body}>
      <tr
        data-row={index}
        data-unfolded={unfolded || undefined}
        aria-rowindex={index + 2}
        className={styles.row}
      >
        <td className={styles.key} title={record.key}>
          <button
            ref={button}
            type="button"
            data-row={index}
            tabIndex={focus === "none" ? -1 : 0}
            className={styles.fold}
            aria-expanded={unfolded}
          >
            <span className={styles.sign} aria-hidden="true">
              ▸
            </span>
            <span className={styles.keyStart}>{record.key.slice(0, -keyEnd)}</span>
            <span className={styles.keyEnd}>{record.key.slice(-keyEnd)}</span>
          </button>
        </td>
        <td className={styles.text} dir="auto">
          {record.score !== undefined && (
            <span className={styles.score} title="How similar it is; 1 is the same">
              {record.score.toFixed(2)}
            </span>
          )}
          <Highlighted text={excerpt(record.content, keyword)} keyword={keyword} />
        </td>
        {columns.map((definition) => (
          <td key={definition.name} className={styles.label}>
            <LabelChip definition={definition} label={shownLabel(record, definition.name, by)} />
          </td>
        ))}
      </tr>
      {unfolded && (
        <tr className={styles.unfolded}>
          <td colSpan={2 + columns.length} className={styles.panel}>
            <RecordPanel
              project={project}
              record={record}
              labels={labels}
              keyword={keyword}
              onSimilar={onSimilar}
            />
          </td>
        </tr>
      )}
    </tbody>
  );
});
