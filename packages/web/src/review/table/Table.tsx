import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
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
import { type Columns, Row, type RowActs } from "./Row.tsx";
import { SelectionBar } from "./SelectionBar.tsx";
import { noSelection, type Selection } from "./selection.ts";
import styles from "./Table.module.css";
import { useFresh } from "./use-fresh.ts";
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

/** A job's labels, a row each, drawn where they are in view. Rows stay where they are until the filter is applied again. */
export function Table(props: TableProps) {
  const { project, subject, desk, queue, filter, place, selection, acts } = props;
  const { definition, job } = subject;
  const { items } = queue;
  const session = useSession(desk, (session) => session);
  const scroll = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [menu, setMenu] = useState<number>();
  const reviewed = useMemo(
    () => ({ job: job.id, label: definition.name }),
    [job.id, definition.name],
  );
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

  useEffect(() => {
    if (place !== undefined) rows.scrollToIndex(place);
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

  const latest = useRef({ view, acts });
  useLayoutEffect(() => {
    latest.current = { view, acts };
  });
  const rowActs = useMemo(
    (): RowActs => ({
      take: (place) => latest.current.view.take(place),
      select: (place, extend) => latest.current.view.select(place, extend),
      confirm: (item) => latest.current.view.confirm(item),
      choose: (item, option) => latest.current.view.choose(item, option),
      menu: (item) => setMenu(item?.record.id),
      single: (item) => latest.current.acts.single(item),
    }),
    [],
  );

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
                definition={definition}
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
      {gone > 0 && (
        <p className={styles.gone}>
          {counted(gone, "row no longer matches", "rows no longer match")} ·{" "}
          <Button variant="subtle" size="compact-sm" onClick={queue.refresh}>
            refresh
          </Button>
        </p>
      )}
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

function useColumns(items: readonly Item[]): Columns {
  const wide = useMediaQuery("(min-width: 1100px)", true, atOnce);
  const status = useMediaQuery("(min-width: 761px)", true, atOnce);
  const others = useMemo(() => wide && items.some((item) => item.others.length > 0), [wide, items]);
  return useMemo(() => ({ others, status }), [others, status]);
}

const atOnce = { getInitialValueInEffect: false };

/** The room of the rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return (
    <tbody aria-hidden="true">
      <tr>
        <td style={{ height, padding: 0 }} />
      </tr>
    </tbody>
  );
}
