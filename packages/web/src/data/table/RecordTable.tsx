import type { FoundRecord, LabelDefinition } from "@countersign/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef, useState } from "react";
import { height } from "../../theme/tokens.ts";
import type { DataSearch } from "../search.ts";
import { RecordRow } from "./RecordRow.tsx";
import styles from "./RecordTable.module.css";
import { Spacer } from "./Spacer.tsx";

export interface RecordTableProps {
  readonly project: string;
  readonly records: readonly FoundRecord[];
  /** How many records there are, those not yet fetched included; null while they are counted. */
  readonly total: number | null;
  readonly labels: readonly LabelDefinition[];
  readonly search: Pick<DataSearch, "keyword" | "by" | "open">;
  readonly onOpen: (record: number | undefined) => void;
  /** Shows the records that are like one. */
  readonly onSimilar: (record: number) => void;
  /** Called when the last rows come into view. */
  readonly onEnd: () => void;
}

/** So many labels have a column where there is room, so that the text keeps its own; the others are in the unfolded record. */
function useMostColumns(): number {
  const now = { getInitialValueInEffect: false };
  const narrow = useMediaQuery("(max-width: 900px)", undefined, now);
  const middling = useMediaQuery("(max-width: 1200px)", undefined, now);
  return narrow ? 1 : middling ? 2 : 3;
}

const pageRows = 15;
/** So many rows before the last fetched one, the next are asked for: a flick of the wheel should not meet the end. */
const headStart = 150;

/**
 * The records, drawn where they are in view. One row can be tabbed to; from it ↑ ↓ lead to the others,
 * → or ⏎ unfolds the record, ← folds it.
 */
export function RecordTable({
  project,
  records,
  total,
  labels,
  search,
  onOpen,
  onSimilar,
  onEnd,
}: RecordTableProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState({ row: 0, focused: false });
  const mostColumns = useMostColumns();
  const columns = useMemo(() => labels.slice(0, mostColumns), [labels, mostColumns]);
  const rows = useVirtualizer({
    count: records.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height.row,
    getItemKey: (index) => records[index]?.id ?? index,
    overscan: 12,
    scrollPaddingStart: height.row,
  });
  const drawn = rows.getVirtualItems();
  const first = drawn.at(0);
  const last = drawn.at(-1);

  const lastIndex = last?.index ?? 0;
  useEffect(() => {
    if (lastIndex >= records.length - headStart) onEnd();
  }, [lastIndex, records.length, onEnd]);

  const moveTo = (index: number) => {
    const to = Math.max(0, Math.min(index, records.length - 1));
    setActive({ row: to, focused: true });
    rows.scrollToIndex(to);
  };
  const press = (event: KeyboardEvent) => {
    const row = rowOf(event, "button[data-row]");
    const record = records[row];
    if (!record) return;
    if (event.key === "ArrowDown") moveTo(row + 1);
    else if (event.key === "ArrowUp") moveTo(row - 1);
    else if (event.key === "PageDown") moveTo(row + pageRows);
    else if (event.key === "PageUp") moveTo(row - pageRows);
    else if (event.key === "Home") moveTo(0);
    else if (event.key === "End") moveTo(records.length - 1);
    else if (event.key === "ArrowRight") onOpen(record.id);
    else if (event.key === "ArrowLeft" || event.key === "Escape") onOpen(undefined);
    else return;
    event.preventDefault();
  };
  const click = (event: MouseEvent) => {
    const row = rowOf(event, "tr[data-row]");
    const record = records[row];
    if (!record || getSelection()?.toString()) return;
    setActive({ row, focused: true });
    onOpen(record.id === search.open ? undefined : record.id);
  };
  const tabStop = drawn.some(({ index }) => index === active.row) ? active.row : first?.index;

  return (
    <div ref={scroll} className={styles.scroll}>
      {/* The table listens for its rows: there are too many for each to listen. */}
      <table
        aria-label="Records"
        aria-rowcount={total === null ? -1 : total + 1}
        className={styles.table}
        onKeyDown={press}
        onClick={click}
      >
        <thead className={styles.head}>
          <tr>
            <th scope="col" className={styles.key}>
              Key
            </th>
            <th scope="col">Text</th>
            {columns.map(({ name }) => (
              <th key={name} scope="col" className={styles.label}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <Spacer height={first?.start ?? 0} />
        {drawn.map(({ index, key }) => {
          const record = records[index];
          return (
            record && (
              <RecordRow
                key={key}
                index={index}
                record={record}
                project={project}
                labels={labels}
                columns={columns}
                keyword={search.keyword}
                by={search.by}
                unfolded={record.id === search.open}
                focus={index !== tabStop ? "none" : active.focused ? "taken" : "stop"}
                onSimilar={onSimilar}
                measure={rows.measureElement}
              />
            )
          );
        })}
        <Spacer height={rows.getTotalSize() - (last?.end ?? 0)} />
      </table>
    </div>
  );
}

/** The row that an event happened in; NaN where it was in none. */
const rowOf = ({ target }: KeyboardEvent | MouseEvent, within: string): number =>
  Number(
    (target instanceof Element && target.closest<HTMLElement>(within)?.dataset.row) || Number.NaN,
  );
