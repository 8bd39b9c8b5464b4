import { type Countersign, CountersignError } from "@countersign/sdk";
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

/** One job; kept up to date by `useJob` while it moves. */
export const oneJob = (client: Countersign, project: string, job: number) =>
  queryOptions({
    queryKey: [project, "job", job],
    queryFn: ({ signal }) => client.jobs.get({ project, job }, { signal }),
  });

/** The first items that ended for a reason. */
export const itemsFor = (client: Countersign, project: string, job: number, reason: string) =>
  queryOptions({
    queryKey: [project, "job", job, "items", reason],
    queryFn: async ({ signal }) =>
      (await client.jobs.items({ project, job, reason, limit: 5 }, { signal })).items,
  });

/** A job's labels measured against gold; null where there is no gold to measure against. */
export const againstGold = (client: Countersign, project: string, job: number, label: string) =>
  queryOptions({
    queryKey: [project, "job", job, "gold", label],
    queryFn: async ({ signal }) => {
      try {
        return await client.evaluations.compare({ project, job, label }, { signal });
      } catch (error) {
        if (error instanceof CountersignError && error.problem.type === "compare-not-possible")
          return null;
        throw error;
      }
    },
    staleTime: 60_000,
  });
