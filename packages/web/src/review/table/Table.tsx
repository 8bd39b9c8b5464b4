import { Button } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { counted } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { height } from "../../theme/tokens.ts";
import type { Item } from "../queue/item.ts";
import type { Queue } from "../queue/use-queue.ts";
import type { Filter } from "../search/review-search.ts";
import { belongs } from "../search/search-document.ts";
import type { Choice } from "../session/decide.ts";
import type { Desk } from "../session/desk.ts";
import { shown } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";
import type { Subject } from "../use-subject.ts";
import { Row } from "./Row.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { Spacer } from "./Spacer.tsx";
import { noSelection, type Selection } from "./selection.ts";
import styles from "./Table.module.css";
import { useColumns } from "./use-columns.ts";
import { useFresh } from "./use-fresh.ts";
import { useRowActs } from "./use-row-acts.ts";
import { useSelectAll } from "./use-select-all.ts";
import { useTable } from "./use-table.ts";

/** What the table lets a person do, beside choosing. */
export interface TableActs {
  readonly judge: (choices: readonly Choice[]) => void;
  /** The record is in hand. */
  readonly take: (record: number) => void;
  readonly select: (selection: Selection) => void;
  readonly undo: () => void;
  readonly single: (item: Item) => void;
  /** To the keyword box. */
  readonly find: () => void;
}

export interface TableProps {
  readonly project: string;
  readonly subject: Subject;
  readonly desk: Desk;
  readonly queue: Queue;
  readonly filter: Filter;
  /** Place of the row in hand. */
  readonly place: number | undefined;
  readonly selection: Selection;
  readonly acts: TableActs;
}

/** A machine's labels, a row each, drawn where they are in view. Rows stay where they are until the filter is applied again. */
export function Table(props: TableProps) {
  const { project, subject, desk, queue, filter, place, selection, acts } = props;
  const { reviewed } = subject;
  const { definition } = reviewed;
  const { items } = queue;
  const session = useSession(desk, (session) => session);
  const scroll = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [menu, setMenu] = useState<number>();
  const all = useSelectAll(project, reviewed, filter, acts.select);

  const columns = useColumns(items);

  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height.row,
    getItemKey: (index) => items[index]?.record.id ?? index,
    overscan: 10,
    scrollPaddingStart: height.row,
  });
  const drawn = rows.getVirtualItems();
  const first = drawn.at(0);
  const last = drawn.at(-1);
  useFresh(project, reviewed, desk, items.slice(first?.index ?? 0, (last?.index ?? -1) + 1));

  const lastIndex = last?.index ?? 0;
  const { loadMore } = queue;
  useEffect(() => {
    if (lastIndex >= items.length - 50) loadMore();
  }, [lastIndex, items.length, loadMore]);

  const arrived = useRef(false);
  useEffect(() => {
    if (place === undefined) return;
    rows.scrollToIndex(place, { align: arrived.current ? "auto" : "center" });
    arrived.current = true;
  }, [place, rows]);

  const view = useTable({
    subject,
    desk,
    queue,
    place,
    selection,
    acts,
    page: () => Math.max(1, Math.floor((scroll.current?.clientHeight ?? 0) / height.row) - 2),
    onOpen: (item, open) =>
      setOpened((now) => {
        const rest = new Set(now);
        if (open) rest.add(item.record.id);
        else rest.delete(item.record.id);
        return rest;
      }),
  });

  const rowActs = useRowActs(view, acts, setMenu);

  const gone = useMemo(
    () => items.filter(({ label }) => !belongs(filter.status, shown(session, label).status)).length,
    [items, session, filter.status],
  );
  const unverified = useMemo(
    () =>
      [...selection.values()].filter(({ label }) => shown(session, label).status === "unverified")
        .length,
    [selection, session],
  );

  return (
    <div className={styles.place}>
      <div ref={scroll} className={styles.scroll}>
        <table
          className={styles.table}
          aria-label={`Labels of ${definition.name}`}
          aria-rowcount={queue.count === undefined ? -1 : queue.count + 1}
        >
          <thead className={styles.head}>
            <tr aria-rowindex={1}>
              <th scope="col" className={styles.check}>
                <span className="spoken">Selected</span>
              </th>
              <th scope="col">Text</th>
              <th scope="col" className={styles.label}>
                {definition.name}
              </th>
              {columns.others && (
                <th scope="col" className={styles.others}>
                  Others
                </th>
              )}
              {columns.status && (
                <th scope="col" className={styles.status}>
                  Status
                </th>
              )}
            </tr>
          </thead>
          <Spacer height={first?.start ?? 0} />
          {drawn.map(({ index, key }) => {
            const item = items[index];
            if (!item) return null;
            const { id } = item.record;
            return (
              <Row
                key={key}
                place={index}
                item={item}
                label={shown(session, item.label)}
                subject={subject}
                keyword={filter.keyword}
                columns={columns}
                current={index === place}
                selected={selection.has(id)}
                opened={opened.has(id)}
                menu={menu === id}
                acts={rowActs}
                measure={rows.measureElement}
              />
            );
          })}
          <Spacer height={rows.getTotalSize() - (last?.end ?? 0)} />
        </table>
      </div>
      <p className={styles.gone}>
        {gone > 0 && (
          <>
            {counted(gone, "row no longer matches", "rows no longer match")} ·{" "}
            <Button variant="subtle" size="compact-sm" onClick={queue.refresh}>
              refresh
            </Button>
          </>
        )}
      </p>
      {all.error && <ProblemNotice error={all.error} onRetry={all.start} />}
      {selection.size > 0 && (
        <SelectionBar
          definition={definition}
          selected={selection.size}
          unverified={unverified}
          matches={queue.count}
          finding={all.finding}
          onConfirm={view.confirmSelected}
          onCorrect={view.correctSelected}
          onAll={all.start}
          onClear={() => {
            all.stop();
            acts.select(noSelection);
          }}
        />
      )}
    </div>
  );
}
