import { api } from "@countersign/contract";
import { annotateLabels } from "./annotate.ts";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const labels = (transport: Transport) => ({
  /** Stores labels of one's own: all of them, or none. A value of null takes one's last word back. */
  set: method(transport, api.labels.set),
  /** Sets and removes users' own metadata of labels, kept under `user` in theirs: all of it, or none. */
  setMetadata: method(transport, api.labels.setMetadata),
  /** As `records.annotate`, for the labels on records. */
  annotate: annotateLabels(transport),
  /** The models whose labels came with files; these are verified like a job's. */
  models: method(transport, api.labels.models),
  /** An imported model's labels of one name, counted; of a job's: `jobs.labels`. */
  modelSummary: method(transport, api.labels.modelSummary),
  /** The prompt and the reply that a job's label came from. */
  reply: method(transport, api.labels.reply),
});
