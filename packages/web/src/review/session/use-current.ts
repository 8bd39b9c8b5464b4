import { useCallback, useEffect, useRef, useState } from "react";
import type { ReviewSearch } from "../search/review-search.ts";
import type { ChangeSearch } from "../search/use-review-search.ts";

/** The record in hand; `end`: the queue is through; undefined: none was chosen yet. */
export type Current = number | "end" | undefined;

/** The address follows when the hand rests, so that writing it never stands between a key and the next record. */
const restMs = 200;

/** The current record, here first and in the address after it; a changed address changes it too. */
export function useCurrent(
  search: ReviewSearch,
  change: ChangeSearch,
): readonly [Current, (current: Current) => void] {
  const [current, setCurrent] = useState<Current>(search.record);
  const address = useRef(search.record);

  useEffect(() => {
    if (search.record === address.current) return;
    address.current = search.record;
    setCurrent(search.record);
  }, [search.record]);

  useEffect(() => {
    const record = current === "end" ? undefined : current;
    if (record === address.current) return;
    const timer = setTimeout(() => {
      address.current = record;
      change({ record }, "trace");
    }, restMs);
    return () => clearTimeout(timer);
  }, [current, change]);

  return [current, useCallback((next: Current) => setCurrent(next), [])];
}
