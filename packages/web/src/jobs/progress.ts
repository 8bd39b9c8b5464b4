import { itemsDone, type JobProgress } from "@countersign/core";

/** The share of a job's items that are done; 0 while there are none yet. */
export const doneShare = (progress: JobProgress): number =>
  progress.total === 0 ? 0 : itemsDone(progress) / progress.total;
