import { z } from "zod";
import { ConfidenceMethod, LabelValue } from "../label/label.ts";
import { Budget, BudgetUse } from "./budget.ts";
import { JobLive } from "./live.ts";
import { JobStages } from "./stages.ts";

/** How one item of a job ended. Every item ends with exactly one. */
export const Outcome = z.enum([
  "labelled",
  "invalid-reply",
  "refused",
  "prompt-too-long",
  "failed",
  "cancelled",
]);
export type Outcome = z.infer<typeof Outcome>;

export const JobState = z.enum(["preparing", "running", "paused", "cancelled", "done"]);
export type JobState = z.infer<typeof JobState>;

/** Whether a job in this state does nothing more until somebody acts. */
export const isAtRest = (state: JobState): boolean =>
  state === "paused" || state === "cancelled" || state === "done";

/**
 * Why a job stands still, in the provider's own words where it was the provider. `search`: its records could not be
 * searched for. `budget`: what it may spend is spent.
 */
export const JobPause = z
  .object({
    reason: z.enum(["provider", "search", "user", "budget"]),
    what: z.string(),
    next: z.string(),
  })
  .meta({ id: "JobPause" });
export type JobPause = z.infer<typeof JobPause>;

/** How a job asks in batches. */
export const BatchSettings = z
  .strictObject({
    size: z.int().min(1).max(50_000).default(10_000).meta({
      description: "Most requests a batch; smaller ones bring the first results sooner",
    }),
    pollSeconds: z.number().min(0.1).max(3600).optional().meta({
      description:
        "Between two looks at a batch; if left out a tenth of the batch's age, from a second to a minute",
    }),
  })
  .meta({ id: "BatchSettings" });
export type BatchSettings = z.infer<typeof BatchSettings>;

export const JobSettings = z
  .strictObject({
    concurrency: z
      .int()
      .min(1)
      .max(512)
      .default(16)
      .meta({ description: "Most calls under way at once" }),
    maxAttempts: z
      .int()
      .min(1)
      .max(20)
      .default(6)
      .meta({ description: "Calls made for one item before it fails" }),
    timeoutSeconds: z.number().min(1).max(3600).default(120),
    requestsPerMinute: z.number().positive().optional().meta({
      description: "Most calls a minute by each worker; the provider's limits are kept anyway",
    }),
    tokensPerMinute: z
      .number()
      .positive()
      .optional()
      .meta({ description: "Most tokens a minute by each worker, prompts and replies together" }),
    budget: Budget.optional().meta({ description: "Reaching it pauses the job" }),
    reuse: z.boolean().optional().meta({
      description:
        "false: every record is asked about anew, also where a reply to the same prompt is stored",
    }),
    batch: BatchSettings.optional().meta({
      description:
        "Ask by the provider's interface for batches: half the price, answers within a day. If left out, each request is made by itself",
    }),
  })
  .meta({ id: "JobSettings" });
export type JobSettings = z.infer<typeof JobSettings>;

/** How far a job is. Counts are of items unless said otherwise. */
export const JobProgress = z
  .object({
    total: z.int(),
    outcomes: z
      .record(Outcome, z.int())
      .meta({ description: "Items per outcome, every outcome named" }),
    remaining: z.int(),
    distribution: z
      .record(z.string(), z.record(z.string(), z.int()))
      .meta({ description: "Label name → value → labels" }),
    reasons: z
      .record(z.string(), z.int())
      .meta({ description: "Why items have no label: named reason → items" }),
    calls: z.int().meta({ description: "Calls answered by the provider, failures included" }),
    retries: z.int(),
    retriesBy: z
      .record(z.string(), z.int())
      .meta({ description: "What made a call necessary again: named reason → retries" }),
    reused: z.int().meta({ description: "Items answered from a stored reply, at no cost" }),
    inputTokens: z.int(),
    outputTokens: z.int(),
    cost: z
      .number()
      .nullable()
      .meta({ description: "US dollars; null where the model's price is unknown" }),
    expectedCost: z.number().nullable().meta({
      description:
        "What it will have cost at its end if the rest costs as much; null where that cannot be told",
    }),
    budget: z.array(BudgetUse).meta({ description: "How much of each part of its budget is used" }),
    seconds: z.number().meta({ description: "Time spent running" }),
    itemsPerSecond: z
      .number()
      .meta({ description: "Over the last seconds while running, over all when done" }),
    secondsLeft: z.number().nullable(),
    endsAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it ends if it goes on as in the last seconds" }),
    stages: JobStages,
    live: JobLive.nullable().meta({ description: "null while no worker takes part" }),
  })
  .meta({ id: "JobProgress" });
export type JobProgress = z.infer<typeof JobProgress>;

/** Items of a job that were done, whatever came of them; those that were cancelled were not. */
export const itemsDone = ({ total, remaining, outcomes }: JobProgress): number =>
  total - remaining - outcomes.cancelled;

/**
 * Where a batch stands. `submitting`: it may be at the provider or not; `turned-down`: the provider took none of it;
 * `lost`: it never got there, and its requests go into another.
 */
export const BatchState = z.enum(["submitting", "under-way", "ended", "turned-down", "lost"]);
export type BatchState = z.infer<typeof BatchState>;

/** What a job's batches have come to. `answered` and `failed` are the provider's counts while a batch is under way. */
export const BatchProgress = z
  .object({
    submitting: z.int(),
    underWay: z.int(),
    ended: z.int(),
    requests: z.int().meta({ description: "Requests in all of those" }),
    answered: z.int(),
    failed: z.int(),
  })
  .meta({ id: "BatchProgress" });
export type BatchProgress = z.infer<typeof BatchProgress>;

/** One batch of a job. */
export const JobBatch = z
  .object({
    id: z.int(),
    providerId: z.string().nullable().meta({ description: "The batch's id at its provider" }),
    state: BatchState,
    said: z
      .string()
      .nullable()
      .meta({ description: "The provider's own word for where it stands" }),
    message: z
      .string()
      .nullable()
      .meta({ description: "Why none of it was done, or why it cannot be looked at" }),
    requests: z.int(),
    answered: z.int(),
    failed: z.int(),
    createdAt: z.iso.datetime(),
    submittedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "JobBatch" });
export type JobBatch = z.infer<typeof JobBatch>;

export const Job = z
  .object({
    id: z.int(),
    agent: z.object({ id: z.string(), name: z.string(), model: z.string() }),
    labels: z.array(z.string()),
    schemaVersion: z.int(),
    settings: JobSettings,
    state: JobState,
    pause: JobPause.nullable(),
    simulated: z
      .boolean()
      .meta({ description: "Its replies came from the simulator, not from a model" }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    startedAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    progress: JobProgress,
    batches: BatchProgress.nullable().meta({ description: "null for a job that has no batches" }),
  })
  .meta({ id: "Job" });
export type Job = z.infer<typeof Job>;

/** One item of a job with the reply it ended in; for looking at what went wrong. */
export const JobItem = z
  .object({
    record: z.object({ id: z.int(), key: z.string(), content: z.string() }),
    outcome: Outcome.nullable().meta({ description: "null while the item waits or is under way" }),
    reason: z.string().nullable().meta({ description: "Named reason where there is no label" }),
    message: z.string().nullable().meta({ description: "The provider's own words for a failure" }),
    replies: z.array(z.string()).meta({
      description:
        "What it was read from: one reply a sample, each followed by the one that refines it",
    }),
    labels: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        value: LabelValue,
        confidence: z.number().nullable(),
        confidenceMethod: ConfidenceMethod.nullable(),
      }),
    ),
    attempts: z.int(),
  })
  .meta({ id: "JobItem" });
export type JobItem = z.infer<typeof JobItem>;
