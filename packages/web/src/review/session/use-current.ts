import { useCallback, useEffect, useRef, useState } from "react";
import type { Filter, ReviewSearch } from "../search/review-search.ts";
import type { ChangeSearch } from "../search/use-review-search.ts";

/** The record in hand; `end`: the queue is through; undefined: none was chosen yet. */
export type Current = number | "end" | undefined;

/** The address follows when the hand rests, so that writing it never stands between a key and the next record. */
const restMs = 200;

/**
 * The record in hand under a filter, here first and in the address after it; a changed address changes it too.
 * Under another filter none is in hand but what the address names.
 */
export function useCurrent(
  search: ReviewSearch,
  filter: Filter,
  change: ChangeSearch,
): readonly [Current, (current: Current) => void] {
  const [held, hold] = useState<{ filter: Filter; current: Current }>({
    filter,
    current: search.record,
  });
  const current = held.filter === filter ? held.current : search.record;
  const setCurrent = useCallback((current: Current) => hold({ filter, current }), [filter]);
  const address = useRef(search.record);

  useEffect(() => {
    if (search.record === address.current) return;
    address.current = search.record;
    setCurrent(search.record);
  }, [search.record, setCurrent]);

  useEffect(() => {
    const record = current === "end" ? undefined : current;
    if (record === address.current) return;
    const timer = setTimeout(() => {
      address.current = record;
      change({ record }, "trace");
    }, restMs);
    return () => clearTimeout(timer);
  }, [current, change]);

  return [current, setCurrent];
}
