import { z } from "zod";

/** What holds a worker's calls back just now. */
export const HeldBy = z
  .enum(["retry-after", "failures", "rate-limit", "own-limits", "provider", "concurrency"])
  .meta({
    id: "HeldBy",
    description:
      "retry-after: the provider asked to be left alone; failures: nothing but failures came back, so calls wait; rate-limit: the provider's requests or tokens a minute; own-limits: those of the job's settings; provider: as many calls are under way as the provider has shown to bear; concurrency: as many as the job's settings allow",
  });
export type HeldBy = z.infer<typeof HeldBy>;

/** What one worker does for a job just now. */
export const WorkerGauge = z
  .object({
    worker: z.int(),
    host: z.string(),
    underWay: z.int().meta({ description: "Calls that wait for their reply" }),
    allowed: z.int().meta({
      description:
        "Calls that may be under way at once: what the provider has shown to bear, at most what the settings allow",
    }),
    unstored: z.int().meta({ description: "Items with an outcome that is not stored yet" }),
    heldBy: HeldBy.nullable().meta({ description: "null: nothing holds its calls back" }),
    until: z.iso
      .datetime()
      .nullable()
      .meta({ description: "When it goes on, where it rests for a second or more" }),
  })
  .meta({ id: "WorkerGauge" });
export type WorkerGauge = z.infer<typeof WorkerGauge>;

/** What goes on in a job just now; each worker tells once a second. */
export const JobLive = z
  .object({
    underWay: z.int(),
    allowed: z.int(),
    unstored: z.int(),
    workers: z.array(WorkerGauge),
  })
  .meta({ id: "JobLive", description: "Sums over the workers that take part, and each of them" });
export type JobLive = z.infer<typeof JobLive>;

/** Sums over the workers that take part in a job; null where none does. */
export function liveOf(workers: readonly WorkerGauge[]): JobLive | null {
  if (workers.length === 0) return null;
  const sum = (of: (gauge: WorkerGauge) => number) =>
    workers.reduce((total, gauge) => total + of(gauge), 0);
  return {
    underWay: sum((gauge) => gauge.underWay),
    allowed: sum((gauge) => gauge.allowed),
    unstored: sum((gauge) => gauge.unstored),
    workers: [...workers],
  };
}

const heldWords: Readonly<Record<HeldBy, string>> = {
  "retry-after": "resting, as the provider asked",
  failures: "resting after failures",
  "rate-limit": "paced by the provider’s rate limit",
  "own-limits": "paced by this job’s own limits",
  provider: "as many calls at once as the provider has borne so far",
  concurrency: "as many calls at once as the settings allow",
};

/** What holds calls back, in words. */
export const explainHeldBy = (heldBy: HeldBy): string => heldWords[heldBy];
