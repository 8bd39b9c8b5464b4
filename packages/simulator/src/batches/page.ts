import { z } from "zod";

/** One page of a list, newest first. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

const Limit = z.coerce.number().int().min(1).max(1000).catch(20);

/** What follows the item called `after`, or all from the newest; at most `limit` of it, 20 if that is no such number. */
export function pageOf<Item>(
  byId: ReadonlyMap<string, Item>,
  after: string | null,
  limit: string | null,
): Page<Item> {
  const newestFirst = [...byId].reverse();
  const start = after === null ? 0 : newestFirst.findIndex(([id]) => id === after) + 1;
  const size = Limit.parse(limit);
  const items = newestFirst.slice(start, start + size).map(([, item]) => item);
  return { items, hasMore: start + size < newestFirst.length };
}
