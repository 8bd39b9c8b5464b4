import {
  Budget,
  Condition,
  Deletion,
  Job,
  JobBatch,
  JobEstimate,
  JobItem,
  JobReport,
  JobSettings,
  LabelSummary,
  MetadataName,
  Outcome,
  Reextraction,
} from "@countersign/core";
import { z } from "zod";
import { ProjectParams } from "./projects.ts";
import { PageQuery, pageOf, route } from "./route.ts";

export const NewJob = z
  .strictObject({
    agent: z.string().min(1).meta({ description: "An agent's name, id, or the start of its id" }),
    where: Condition.optional().meta({ description: "The records to label; all if left out" }),
    limit: z.int().min(1).optional().meta({ description: "At most so many, in order of id" }),
    settings: JobSettings.prefault({}),
  })
  .meta({ id: "NewJob" });
export type NewJob = z.input<typeof NewJob>;

export const JobParams = ProjectParams.extend({ job: z.coerce.number<number>().int() });

/** The operations on jobs, by verb. */
export const jobs = {
  run: route({
    id: "jobs.run",
    method: "post",
    path: "/projects/{project}/jobs",
    summary: "Start a job; it goes on in the background",
    params: ProjectParams,
    body: NewJob,
    response: Job,
    problems: [
      "project-not-found",
      "agent-not-found",
      "schema-missing",
      "search-invalid",
      "job-not-possible",
    ],
  }),

  estimate: route({
    id: "jobs.estimate",
    method: "post",
    path: "/projects/{project}/jobs/estimate",
    summary: "What a job would take in tokens, money and time; nothing is spent or stored",
    params: ProjectParams,
    body: NewJob,
    response: JobEstimate,
    problems: [
      "project-not-found",
      "agent-not-found",
      "schema-missing",
      "search-invalid",
      "job-not-possible",
    ],
  }),

  list: route({
    id: "jobs.list",
    method: "get",
    path: "/projects/{project}/jobs",
    summary: "Jobs, newest first",
    params: ProjectParams,
    query: PageQuery,
    response: pageOf(Job),
    problems: ["project-not-found"],
  }),

  get: route({
    id: "jobs.get",
    method: "get",
    path: "/projects/{project}/jobs/{job}",
    summary: "One job and how far it is",
    params: JobParams,
    response: Job,
    problems: ["project-not-found", "job-not-found"],
  }),

  cancel: route({
    id: "jobs.cancel",
    method: "post",
    path: "/projects/{project}/jobs/{job}/cancel",
    summary:
      "Stop a job for good; labels made so far stay, items without an outcome become cancelled",
    params: JobParams,
    response: Job,
    problems: ["project-not-found", "job-not-found", "job-not-possible"],
  }),

  remove: route({
    id: "jobs.remove",
    method: "delete",
    path: "/projects/{project}/jobs/{job}",
    summary:
      "Delete a job with its labels and the verdicts on them, for good: it stops and is out of sight at once, its rows go in the background",
    params: JobParams,
    response: Deletion,
    problems: ["project-not-found", "job-not-found"],
  }),

  resume: route({
    id: "jobs.resume",
    method: "post",
    path: "/projects/{project}/jobs/{job}/resume",
    summary:
      "Go on with a job that is paused or was interrupted; a job that is running or done is left as it is",
    params: JobParams,
    body: z.strictObject({
      budget: Budget.optional().meta({ description: "Parts of the job's budget to set anew" }),
    }),
    response: Job,
    problems: ["project-not-found", "job-not-found", "job-not-possible"],
  }),

  retry: route({
    id: "jobs.retry",
    method: "post",
    path: "/projects/{project}/jobs/{job}/retry",
    summary:
      "Ask once more for the items of a done or paused job that failed, each by a request of its own, whether or not the job asks in batches; the job goes on",
    params: JobParams,
    body: z.strictObject({
      budget: Budget.optional().meta({ description: "Parts of the job's budget to set anew" }),
    }),
    response: Job,
    problems: ["project-not-found", "job-not-found", "job-not-possible"],
  }),

  batches: route({
    id: "jobs.batches",
    method: "get",
    path: "/projects/{project}/jobs/{job}/batches",
    summary: "The batches that a job has at its provider, or had, newest first",
    params: JobParams,
    query: PageQuery,
    response: pageOf(JobBatch),
    problems: ["project-not-found", "job-not-found"],
  }),

  reextract: route({
    id: "jobs.reextract",
    method: "post",
    path: "/projects/{project}/jobs/{job}/reextract",
    summary:
      "Read the stored replies of a job at rest again with the present rules, calling no model; labels that a person has judged stay. Reads some 20,000 items: while `next` is not null, pass it as `after`",
    params: JobParams,
    body: z.strictObject({ after: z.string().optional() }),
    response: Reextraction,
    problems: ["project-not-found", "job-not-found", "job-not-possible"],
  }),

  toMetadata: route({
    id: "jobs.toMetadata",
    method: "post",
    path: "/projects/{project}/jobs/{job}/metadata",
    summary:
      "Copy a job's labels of one name into the metadata of their records. Reads some 20,000 items: while `next` is not null, pass it as `after`",
    params: JobParams,
    body: z.strictObject({
      label: z.string(),
      name: MetadataName.meta({ description: "The metadata's name" }),
      take: z.enum(["standing", "job"]).default("standing").meta({
        description: "What a person has said of a label, else the job's own word; or always that",
      }),
      after: z.string().optional(),
    }),
    response: z.object({ changed: z.int(), unchanged: z.int(), next: z.string().nullable() }),
    problems: ["project-not-found", "job-not-found", "label-not-in-schema", "metadata-invalid"],
  }),

  watch: route({
    id: "jobs.watch",
    method: "get",
    path: "/projects/{project}/jobs/{job}/events",
    summary:
      "Server-sent events named `job`, each the whole job, until it is paused, cancelled or done",
    params: JobParams,
    response: Job,
    responseMedia: ["text/event-stream"],
    problems: ["project-not-found", "job-not-found"],
  }),

  items: route({
    id: "jobs.items",
    method: "get",
    path: "/projects/{project}/jobs/{job}/items",
    summary: "A job's items with the reply each ended in",
    params: JobParams,
    query: PageQuery.extend({ outcome: Outcome.optional(), reason: z.string().optional() }),
    response: pageOf(JobItem),
    problems: ["project-not-found", "job-not-found"],
  }),

  report: route({
    id: "jobs.report",
    method: "get",
    path: "/projects/{project}/jobs/{job}/report",
    summary:
      "Why items have no label, with the commonest replies and what to do, and the first items from prompt to label",
    params: JobParams,
    response: JobReport,
    problems: ["project-not-found", "job-not-found"],
  }),

  labels: route({
    id: "jobs.labels",
    method: "get",
    path: "/projects/{project}/jobs/{job}/labels/{label}",
    summary: "One job's labels of one name, counted by status, value and confidence",
    params: JobParams.extend({ label: z.string() }),
    response: LabelSummary,
    problems: ["project-not-found", "job-not-found", "label-not-in-schema"],
  }),
};
