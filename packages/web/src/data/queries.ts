import type { Countersign } from "@countersign/sdk";
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Asked } from "./search-document.ts";

/** Large enough that a quick scroll seldom waits, small enough that a page is there at once. */
const pageSize = 200;

/** The records a search finds, page by page; the first page counts them all. */
export const recordPages = (client: Countersign, project: string, asked: Asked) =>
  infiniteQueryOptions({
    queryKey: [project, "records", asked],
    queryFn: ({ pageParam, signal }) =>
      client.records.search(
        { project, ...asked, limit: pageSize, after: pageParam, count: pageParam === undefined },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    // Hundreds of pages may be there: they are neither compared value by value nor fetched again for a glance elsewhere.
    structuralSharing: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** One record with its source columns and history. */
export const recordDetail = (client: Countersign, project: string, record: number) =>
  queryOptions({
    queryKey: [project, "record", record],
    queryFn: ({ signal }) => client.records.get({ project, record }, { signal }),
  });
