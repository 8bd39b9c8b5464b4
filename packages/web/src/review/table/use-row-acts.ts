import { useLayoutEffect, useMemo, useRef } from "react";
import type { Item } from "../queue/item.ts";
import type { TableActs } from "./Table.tsx";
import type { TableView } from "./use-table.ts";

/** What the mouse does to one row; keys do the same through the table. */
export interface RowActs {
  /** The row is in hand. */
  readonly take: (place: number) => void;
  /** @param extend over all rows from the one in hand */
  readonly select: (place: number, extend: boolean) => void;
  readonly confirm: (item: Item) => void;
  readonly choose: (item: Item, option: string) => void;
  /** Opens a row's menu, or closes the open one. */
  readonly menu: (item: Item | undefined) => void;
  readonly single: (item: Item) => void;
}

/** The same object for as long as the table is there, so that a row is drawn anew for its own sake only. */
export function useRowActs(
  view: TableView,
  acts: TableActs,
  onMenu: (record: number | undefined) => void,
): RowActs {
  const latest = useRef({ view, acts });
  useLayoutEffect(() => {
    latest.current = { view, acts };
  });
  return useMemo(
    () => ({
      take: (place) => latest.current.view.take(place),
      select: (place, extend) => latest.current.view.select(place, extend),
      confirm: (item) => latest.current.view.confirm(item),
      choose: (item, option) => latest.current.view.choose(item, option),
      menu: (item) => onMenu(item?.record.id),
      single: (item) => latest.current.acts.single(item),
    }),
    [onMenu],
  );
}
