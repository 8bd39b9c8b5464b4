import type { JobProgress } from "@countersign/core";

/** The share of a job's items that have an outcome; 0 while there are none yet. */
export const doneShare = ({ total, remaining }: JobProgress): number =>
  total === 0 ? 0 : (total - remaining) / total;
