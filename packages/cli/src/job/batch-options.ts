import type { BatchSettings } from "@countersign/core";

/** Options by which a job is asked in batches; any of them does. */
export interface BatchOptions {
  readonly batch?: boolean | undefined;
  readonly batchSize?: number | undefined;
  readonly pollSeconds?: number | undefined;
}

/** How a job is to ask in batches; undefined where it is not. */
export function batchOf({
  batch,
  batchSize,
  pollSeconds,
}: BatchOptions): Partial<BatchSettings> | undefined {
  if (!batch && batchSize === undefined && pollSeconds === undefined) return undefined;
  return {
    ...(batchSize !== undefined && { size: batchSize }),
    ...(pollSeconds !== undefined && { pollSeconds }),
  };
}
