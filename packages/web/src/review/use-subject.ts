import type { Annotator, Job, LabelDefinition, SchemaVersion } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { recentJobs } from "../jobs/queries.ts";
import { schemaHistory } from "../schema/queries.ts";
import type { ReviewSearch } from "./search/review-search.ts";

/** What the page says of a job; its progress, which moves, is left out. */
export interface ReviewedJob
  extends Pick<Job, "id" | "agent" | "labels" | "schemaVersion" | "simulated" | "state" | "pause"> {
  readonly labelled: number;
}

/** Everything that must be known before labels can be reviewed. */
export interface Subject {
  readonly job: ReviewedJob;
  readonly jobs: readonly ReviewedJob[];
  readonly definition: LabelDefinition;
  /** In whose name verdicts are given. */
  readonly by: string;
}

/** An annotator as people know it: a job by its agent. */
export function nameOf({ jobs }: Subject, annotator: Annotator): string {
  const job = jobs.find(({ id }) => id === annotator.job);
  return job ? `${job.agent.name}, job ${job.id}` : annotator.name;
}

export type SubjectState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly error: Error; readonly retry: () => void }
  | { readonly is: "no-job" }
  | { readonly is: "ready"; readonly subject: Subject };

const listed = (jobs: readonly Job[]): ReviewedJob[] =>
  jobs.map(({ id, agent, labels, schemaVersion, simulated, state, pause, progress }) => ({
    id,
    agent,
    labels,
    schemaVersion,
    simulated,
    state,
    pause,
    labelled: progress.outcomes.labelled,
  }));

/**
 * What a job's labels are read by: the options the model chose among, also where the schema has moved on, as they are
 * called since the last time they were renamed.
 */
function definitionsOf(job: ReviewedJob, versions: readonly SchemaVersion[]): LabelDefinition[] {
  return job.labels.flatMap((name) => {
    const renamed = versions.find(
      ({ version, renames }) => version > job.schemaVersion && Object.hasOwn(renames, name),
    );
    const schema = renamed ?? versions.find(({ version }) => version === job.schemaVersion);
    return schema?.document.labels.find((label) => label.name === name) ?? [];
  });
}

/** Finds what the address means: its job or the newest, its label or the job's first. */
export function useSubject(project: string, search: ReviewSearch): SubjectState {
  const client = useClient();
  const jobs = useQuery({ ...recentJobs(client, project), select: listed });
  const isListed = jobs.data?.some(({ id }) => id === search.job) ?? true;
  const unlisted = useQuery({
    queryKey: [project, "jobs", search.job],
    queryFn: ({ signal }) => client.jobs.get({ project, job: search.job ?? 0 }, { signal }),
    enabled: search.job !== undefined && !isListed,
    select: (job) => listed([job]),
  });
  const schemas = useQuery(schemaHistory(client, project));
  const person = useQuery({
    queryKey: ["whoami"],
    queryFn: ({ signal }) => client.server.whoami({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

  const all = useMemo(
    () => [...(jobs.data ?? []), ...(unlisted.data ?? [])],
    [jobs.data, unlisted.data],
  );
  const subject = useMemo((): Subject | undefined => {
    const job = search.job === undefined ? all[0] : all.find(({ id }) => id === search.job);
    const labels = job && schemas.data ? definitionsOf(job, schemas.data) : [];
    const definition = labels.find(({ name }) => name === search.label) ?? labels[0];
    const by = person.data?.actor;
    return job && definition && by !== undefined ? { job, jobs: all, definition, by } : undefined;
  }, [all, schemas.data, person.data, search.job, search.label]);

  for (const query of [jobs, unlisted, schemas, person])
    if (query.error) return { is: "failed", error: query.error, retry: () => void query.refetch() };
  if (jobs.data?.length === 0) return { is: "no-job" };
  return subject ? { is: "ready", subject } : { is: "loading" };
}
