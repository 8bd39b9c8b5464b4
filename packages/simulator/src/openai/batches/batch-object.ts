import type { Batch } from "../../batches/batch.ts";
import type { InputError } from "./input.ts";

/** A batch with what OpenAI tells about it. */
export interface OpenAiBatch {
  readonly work: Batch;
  readonly endpoint: string;
  readonly inputFileId: string;
  readonly metadata: Readonly<Record<string, string>> | null;
  /** Why it fails; empty where it does not. */
  readonly errors: readonly InputError[];
  /** Ids of the files it gave, once it has ended; null for a file in which nothing would stand. */
  readonly results: ResultIds | undefined;
}

export interface ResultIds {
  readonly output: string | null;
  readonly errors: string | null;
}

/** OpenAI's word for where a batch stands. */
export function statusOf({ work, errors }: OpenAiBatch, now: number) {
  const phase = work.phase(now);
  if (errors.length > 0) return phase === "validating" ? "validating" : "failed";
  if (phase === "running") return "in_progress";
  if (phase === "finishing") return "finalizing";
  return phase === "ended" ? work.ending : phase;
}

/** The batch object, as all its endpoints give it. */
export function batchObject(batch: OpenAiBatch, now: number) {
  const { work, errors, results } = batch;
  const status = statusOf(batch, now);
  const begun = errors.length === 0 && Math.min(now, work.cancelledAt ?? now) > work.startsAt;
  const finalizing = status === "finalizing" || status === "completed";
  const when = (happened: boolean, at = 0) => (happened ? Math.floor(at / 1000) : null);
  return {
    id: work.id,
    object: "batch",
    endpoint: batch.endpoint,
    errors: status === "failed" ? { object: "list", data: errors } : null,
    input_file_id: batch.inputFileId,
    completion_window: "24h",
    status,
    output_file_id: results?.output ?? null,
    error_file_id: results?.errors ?? null,
    created_at: when(true, work.createdAt),
    in_progress_at: when(begun, work.startsAt),
    expires_at: when(true, work.expiresAt),
    finalizing_at: when(finalizing, work.lastTurnAt),
    completed_at: when(status === "completed", work.endsAt),
    failed_at: when(status === "failed", work.startsAt),
    expired_at: when(status === "expired", work.endsAt),
    cancelling_at: when(work.cancelledAt !== undefined, work.cancelledAt),
    cancelled_at: when(status === "cancelled", work.endsAt),
    request_counts: {
      total: status === "validating" ? 0 : work.total,
      completed: work.counts.succeeded,
      failed: work.counts.failed,
    },
    metadata: batch.metadata,
  };
}
