import type { Condition } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** How many records a condition finds, counted to the last. */
export const recordCount = (client: Countersign, project: string, where: Condition | undefined) =>
  queryOptions({
    queryKey: [project, "records", "count", where ?? null],
    queryFn: async ({ signal }) =>
      (await client.records.search({ project, where, limit: 1, count: "exact" }, { signal })).count
        ?.n ?? 0,
  });
