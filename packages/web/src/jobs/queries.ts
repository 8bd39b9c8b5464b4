import type { Countersign } from "@countersign/sdk";
import { queryOptions } from "@tanstack/react-query";

/** The newest jobs, asked for often while one of them moves. */
export const recentJobs = (client: Countersign, project: string) =>
  queryOptions({
    queryKey: [project, "jobs"],
    queryFn: async ({ signal }) =>
      (await client.jobs.list({ project, limit: 100 }, { signal })).items,
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.state === "running" || job.state === "preparing")
        ? 1_000
        : 15_000,
  });
