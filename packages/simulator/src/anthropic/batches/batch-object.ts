import type { Batch } from "../../batches/batch.ts";

/**
 * A message batch, as all its endpoints give it. Its counts are told when it has ended.
 *
 * @param origin scheme and authority of the address at which the caller reaches the simulator
 */
export function messageBatch(batch: Batch, origin: string, now: number) {
  const { id, total, counts } = batch;
  const ended = batch.phase(now) === "ended";
  const when = (at: number) => new Date(at).toISOString();
  return {
    id,
    type: "message_batch",
    processing_status: ended
      ? "ended"
      : batch.cancelledAt === undefined
        ? "in_progress"
        : "canceling",
    request_counts: {
      processing: ended ? 0 : total,
      succeeded: ended ? counts.succeeded : 0,
      errored: ended ? counts.failed : 0,
      canceled: ended ? counts.cancelled : 0,
      expired: ended ? counts.expired : 0,
    },
    created_at: when(batch.createdAt),
    expires_at: when(batch.expiresAt),
    ended_at: ended ? when(batch.endsAt) : null,
    cancel_initiated_at: batch.cancelledAt === undefined ? null : when(batch.cancelledAt),
    archived_at: null,
    results_url: ended ? `${origin}/v1/messages/batches/${id}/results` : null,
  };
}
