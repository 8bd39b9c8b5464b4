import type {
  Annotator,
  ImportedModel,
  Job,
  LabelDefinition,
  SchemaVersion,
} from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { recentJobs } from "../jobs/queries.ts";
import { schemaHistory } from "../schema/queries.ts";
import type { ReviewSearch } from "./search/review-search.ts";
import type { MachineReference, Reviewed } from "./search/search-document.ts";

/** What the page says of a job; its progress, which moves, is left out. */
export interface ReviewedJob
  extends Pick<Job, "id" | "agent" | "labels" | "schemaVersion" | "simulated" | "state" | "pause"> {
  readonly labelled: number;
}

/** Whose labels can be reviewed: a job's, or an imported model's. */
export interface Machine {
  readonly by: MachineReference;
  /** As people know it: “mini (simulated), job 3”, “gpt-3, imported”. */
  readonly name: string;
  readonly labels: readonly string[];
  /** Records that it labelled, or labels of the name that it gave most. */
  readonly labelled: number;
  readonly job: ReviewedJob | undefined;
}

/** Everything that must be known before labels can be reviewed. */
export interface Subject {
  readonly machine: Machine;
  readonly machines: readonly Machine[];
  readonly reviewed: Reviewed;
  /** In whose name verdicts are given. */
  readonly by: string;
}

/** An annotator as people know it: a job by its agent. */
export function nameOf({ machines }: Subject, annotator: Annotator): string {
  const job = machines.find(({ job }) => job && job.id === annotator.job)?.job;
  return job ? `${job.agent.name}, job ${job.id}` : annotator.name;
}

export type SubjectState =
  | { readonly is: "loading" }
  | { readonly is: "failed"; readonly error: Error; readonly retry: () => void }
  | { readonly is: "no-labels" }
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

const ofJob = (job: ReviewedJob): Machine => ({
  by: { job: job.id },
  name: `${job.agent.name}${job.simulated ? " (simulated)" : ""}, job ${job.id}`,
  labels: job.labels,
  labelled: job.labelled,
  job,
});

const ofModel = ({ name, labels }: ImportedModel): Machine => ({
  by: { model: name },
  name: `${name}, imported`,
  labels: labels.map((label) => label.name),
  labelled: Math.max(...labels.map(({ n }) => n)),
  job: undefined,
});

/** What an imported model's labels are read by: the newest version that any of them has. */
const importedDefinitions = (
  { labels }: ImportedModel,
  versions: readonly SchemaVersion[],
): LabelDefinition[] =>
  labels.flatMap(({ name, schemaVersion }) => {
    const schema = versions.find(({ version }) => version === schemaVersion);
    return schema?.document.labels.find((label) => label.name === name) ?? [];
  });

/** What an address names; the newest job's labels, or else the first model's, where it names none or a model that is not there. */
function meant({ job, model }: ReviewSearch, machines: readonly Machine[]): Machine | undefined {
  if (job !== undefined && model === undefined) return machines.find((one) => one.job?.id === job);
  return (
    machines.find(({ by }) => model !== undefined && "model" in by && by.model === model) ??
    machines[0]
  );
}

/** Finds what the address means: its job or model, or else the newest job; its label, or else the first. */
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
  const models = useQuery({
    queryKey: [project, "models"],
    queryFn: ({ signal }) => client.labels.models({ project }, { signal }),
  });
  const schemas = useQuery(schemaHistory(client, project));
  const person = useQuery({
    queryKey: ["whoami"],
    queryFn: ({ signal }) => client.server.whoami({}, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

  const machines = useMemo(
    (): readonly Machine[] => [
      ...[...(jobs.data ?? []), ...(unlisted.data ?? [])].map(ofJob),
      ...(models.data?.models ?? []).map(ofModel),
    ],
    [jobs.data, unlisted.data, models.data],
  );
  const machine = jobs.data && models.data && meant(search, machines);
  const definition = useMemo(() => {
    if (!machine || !schemas.data) return undefined;
    const model = models.data?.models.find(
      ({ name }) => "model" in machine.by && name === machine.by.model,
    );
    const definitions = machine.job
      ? definitionsOf(machine.job, schemas.data)
      : model
        ? importedDefinitions(model, schemas.data)
        : [];
    return definitions.find(({ name }) => name === search.label) ?? definitions[0];
  }, [machine, models.data, schemas.data, search.label]);
  // A job that moves is told of anew each second; what is reviewed stays the same.
  const job = machine && "job" in machine.by ? machine.by.job : undefined;
  const model = machine && "model" in machine.by ? machine.by.model : "";
  const reviewed = useMemo(
    (): Reviewed | undefined =>
      definition && { by: job === undefined ? { model } : { job }, definition },
    [job, model, definition],
  );
  const by = person.data?.actor;
  const subject = useMemo(
    (): Subject | undefined =>
      machine && reviewed && by !== undefined ? { machine, machines, reviewed, by } : undefined,
    [machine, machines, reviewed, by],
  );

  for (const query of [jobs, unlisted, models, schemas, person])
    if (query.error) return { is: "failed", error: query.error, retry: () => void query.refetch() };
  if (jobs.data?.length === 0 && models.data?.models.length === 0) return { is: "no-labels" };
  return subject ? { is: "ready", subject } : { is: "loading" };
}
