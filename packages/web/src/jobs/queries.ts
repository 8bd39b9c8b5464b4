import { type BatchProgress, isAtRest, type Job } from "@countersign/core";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

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

/** Whether a job at rest still has batches at its provider, which go on without it. */
export const awaitsBatches = ({ state, batches }: Job): boolean =>
  isAtRest(state) && batches !== null && batches.submitting + batches.underWay > 0;

/** One job; kept up to date by `useJob` while it moves, and looked at now and then while batches of it do. */
export const oneJob = (client: Countersign, project: string, job: number) =>
  queryOptions({
    queryKey: [project, "job", job],
    queryFn: ({ signal }) => client.jobs.get({ project, job }, { signal }),
    refetchInterval: ({ state }) => (state.data && awaitsBatches(state.data) ? 4_000 : false),
  });

/** What a job asks and what went wrong with it; looked for anew now and then while it moves. */
export const jobReport = (client: Countersign, project: string, job: number, moves: boolean) =>
  queryOptions({
    queryKey: [project, "job", job, "report"],
    queryFn: ({ signal }) => client.jobs.report({ project, job }, { signal }),
    refetchInterval: moves ? 4_000 : false,
  });

/** A job's newest batches; looked for anew whenever what is told of them all has changed. */
export const jobBatches = (
  client: Countersign,
  project: string,
  job: number,
  progress: BatchProgress,
) =>
  queryOptions({
    queryKey: [project, "job", job, "batches", progress],
    queryFn: async ({ signal }) =>
      (await client.jobs.batches({ project, job, limit: 20 }, { signal })).items,
    placeholderData: keepPreviousData,
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
