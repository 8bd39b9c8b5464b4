import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";
import { watch } from "./watch.ts";

export const jobs = (transport: Transport) => ({
  /** Starts a job, which goes on in the background. */
  run: method(transport, api.jobs.run),
  /** What a job would take; nothing is spent or stored. */
  estimate: method(transport, api.jobs.estimate),
  /** One page of the jobs, newest first. */
  list: method(transport, api.jobs.list),
  /** All jobs, newest first. */
  all: sequence(transport, api.jobs.list),
  /** One job and how far it is. */
  get: method(transport, api.jobs.get),
  /** Stops a job for good; labels made so far stay. */
  cancel: method(transport, api.jobs.cancel),
  /** Goes on with a job that is paused or was interrupted. */
  resume: method(transport, api.jobs.resume),
  /** Asks once more for what failed, each item by a request of its own, also in a job that asks in batches. */
  retry: method(transport, api.jobs.retry),
  /** One page of the batches that a job has at its provider, or had, newest first. */
  batches: method(transport, api.jobs.batches),
  /** All of a job's batches, newest first. */
  allBatches: sequence(transport, api.jobs.batches),
  /** Reads the stored replies of a job at rest again, calling no model; while `next` is not null, pass it as `after`. */
  reextract: method(transport, api.jobs.reextract),
  /** One page of a job's items with the reply each ended in. */
  items: method(transport, api.jobs.items),
  /** All of a job's items. */
  allItems: sequence(transport, api.jobs.items),
  /** Why items have no label, with the commonest replies and what to do, and the first items from prompt to label. */
  report: method(transport, api.jobs.report),
  /** One job's labels of one name, counted by status, value and confidence. */
  labels: method(transport, api.jobs.labels),
  watch: watch(transport),
});
