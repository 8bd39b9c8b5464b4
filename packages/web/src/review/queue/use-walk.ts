import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import type { Reviewed } from "../search/search-document.ts";
import type { Desk } from "../session/desk.ts";
import { handled, toJudgeAgain } from "../session/session.ts";
import type { Current } from "../session/use-current.ts";
import { type Item, itemOf } from "./item.ts";
import { nextRecord } from "./next.ts";
import type { Queue } from "./use-queue.ts";

/** With fewer loaded items than this ahead, more are fetched. */
const ahead = 30;
/** So many items are loaded in search of the record that an address names, before it is shown without its place. */
const seek = 2_000;

/** Going through the queue from record to record. */
export interface Walk {
  readonly item: Item | undefined;
  /** Its place among all matches, from 0; undefined where it is not under the filter. */
  readonly place: number | undefined;
  /** The next items, to be made ready. */
  readonly coming: readonly Item[];
  /** On to the next record that is still to be judged, which is returned. */
  readonly advance: () => Item | undefined;
  /** One record back or forth, judged or not. */
  readonly go: (by: 1 | -1) => void;
  readonly open: (record: number) => void;
}

export function useWalk(
  project: string,
  reviewed: Reviewed,
  desk: Desk,
  queue: Queue,
  current: Current,
  setCurrent: (current: Current) => void,
): Walk {
  const { items, ids, loadMore } = queue;
  const place = typeof current === "number" ? queue.placeOf(current) : undefined;
  const loaded = items.length;
  const endedAt = useRef(0);

  // Nothing in hand yet: the first record that is still to be judged.
  useEffect(() => {
    if (current !== undefined || loaded === 0) return;
    setCurrent(nextRecord(ids, undefined, handled(desk.session.get()), []) ?? ids[0]);
  }, [current, loaded, ids, desk, setCurrent]);

  useEffect(() => {
    if (current === "end" || (place !== undefined && place > loaded - ahead)) loadMore();
    if (typeof current === "number" && place === undefined && loaded < seek) loadMore();
  }, [current, place, loaded, loadMore]);

  // The end of what was loaded is not the queue's.
  useEffect(() => {
    const first = ids[endedAt.current];
    if (current === "end" && first !== undefined) setCurrent(first);
  }, [current, ids, setCurrent]);

  const stray = useStray(project, reviewed, place === undefined ? current : undefined);
  const item = place === undefined ? stray : items[place];

  const coming = useMemo(
    () => (place === undefined ? [] : items.slice(place + 1, place + 4)),
    [items, place],
  );

  return {
    item,
    place,
    coming,
    advance() {
      const session = desk.session.get();
      const at = typeof current === "number" ? current : undefined;
      const next = nextRecord(ids, at, handled(session), toJudgeAgain(session));
      endedAt.current = loaded;
      setCurrent(next ?? "end");
      const nextPlace = next === undefined ? undefined : queue.placeOf(next);
      return nextPlace === undefined ? undefined : items[nextPlace];
    },
    open: setCurrent,
    go(by) {
      endedAt.current = loaded;
      const from = current === "end" ? loaded : (place ?? -1);
      const to = ids[from + by];
      if (to !== undefined) setCurrent(to);
      else if (by > 0 && loaded > 0) setCurrent("end");
    },
  };
}

/** A record that an address names and the filter does not hold, or not near its beginning. */
function useStray(project: string, reviewed: Reviewed, current: Current): Item | undefined {
  const client = useClient();
  const record = typeof current === "number" ? current : undefined;
  const { data } = useQuery({
    queryKey: [project, "records", record, "stray"],
    queryFn: ({ signal }) => client.records.get({ project, record: record ?? 0 }, { signal }),
    enabled: record !== undefined,
  });
  return useMemo(
    () => (data && data.id === record ? itemOf(data, reviewed) : undefined),
    [data, record, reviewed],
  );
}
