import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The subsets of a project, by name. */
export const allSubsets = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "subsets"],
    queryFn: async ({ signal }) =>
      (await client.subsets.list({ project, limit: 1000 }, { signal })).items,
  });
