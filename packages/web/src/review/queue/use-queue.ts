import type { SearchPage } from "@countersign/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import type { Filter } from "../search/review-search.ts";
import { type Reviewed, searchDocument } from "../search/search-document.ts";
import { type Item, itemOf } from "./item.ts";

const pageSize = 100;

/** The records under a filter as they were when it was applied: rows stay where they are until it is applied again. */
export interface Queue {
  readonly items: readonly Item[];
  /** The items' record ids. */
  readonly ids: readonly number[];
  /** The texts of the first page, which stand for all. */
  readonly sample: readonly string[];
  /** Where a record stands among the items; undefined where it is not loaded. */
  placeOf(record: number): number | undefined;
  /** All matches, undefined while unknown. */
  readonly count: number | undefined;
  /** The first page is on its way. */
  readonly loading: boolean;
  readonly error: Error | null;
  /** Whether more can be loaded, and a call that does so unless it is under way. */
  readonly more: boolean;
  readonly loadMore: () => void;
  /** Applies the filter again. */
  readonly refresh: () => void;
}

export function useQueue(project: string, reviewed: Reviewed, filter: Filter): Queue {
  const client = useClient();
  const queries = useQueryClient();
  const key = useMemo(() => [project, "review", reviewed, filter], [project, reviewed, filter]);
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after, signal }) =>
      client.records.search(
        {
          project,
          ...searchDocument(reviewed, filter),
          limit: pageSize,
          count: after === undefined && "exact",
          after,
        },
        { signal },
      ),
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    // Hundreds of pages may be there; they are not compared value by value.
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const { data, isFetchingNextPage, hasNextPage, fetchNextPage } = query;

  const itemsOf = useMemo(() => {
    const known = new WeakMap<SearchPage, Item[]>();
    return (page: SearchPage): Item[] => {
      const items =
        known.get(page) ?? page.records.flatMap((record) => itemOf(record, reviewed) ?? []);
      known.set(page, items);
      return items;
    };
  }, [reviewed]);
  const { items, ids, places } = useMemo(() => {
    const items = (data?.pages ?? []).flatMap(itemsOf);
    const ids = items.map(({ record }) => record.id);
    return { items, ids, places: new Map(ids.map((id, place) => [id, place])) };
  }, [data, itemsOf]);

  const firstPage = data?.pages[0];
  const sample = useMemo(
    () => (firstPage?.records ?? []).map(({ content }) => content),
    [firstPage],
  );

  return {
    items,
    ids,
    sample,
    placeOf: useCallback((record: number) => places.get(record), [places]),
    count: firstPage?.count?.n,
    loading: query.isPending,
    error: query.error,
    more: hasNextPage,
    loadMore: useCallback(() => {
      if (hasNextPage && !isFetchingNextPage) fetchNextPage();
    }, [hasNextPage, isFetchingNextPage, fetchNextPage]),
    refresh: useCallback(() => queries.resetQueries({ queryKey: key }), [queries, key]),
  };
}
