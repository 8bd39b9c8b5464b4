import type { Condition } from "@countersign/core";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

/** How many records a condition finds, counted to the last. */
export const recordCount = (client: Countersign, project: string, where: Condition | undefined) =>
  queryOptions({
    queryKey: [project, "records", "count", where ?? null],
    queryFn: async ({ signal }) =>
      (await client.records.search({ project, where, limit: 1, count: "exact" }, { signal })).count
        ?.n ?? 0,
  });

/** What a job would take; the last figures stand while new ones are reckoned. What cannot be is not tried again. */
export const jobEstimate = (
  client: Countersign,
  asked: Parameters<Countersign["jobs"]["estimate"]>[0],
) =>
  queryOptions({
    queryKey: [asked.project, "estimate", asked],
    queryFn: ({ signal }) => client.jobs.estimate(asked, { signal }),
    placeholderData: keepPreviousData,
    retry: (failures, error) => !(error instanceof CountersignError) && failures < 2,
  });
