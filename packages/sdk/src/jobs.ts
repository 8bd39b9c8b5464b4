import { api, type RouteInput } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";
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
  /** Deletes a job with its labels and the verdicts on them, for good. */
  remove: method(transport, api.jobs.remove),
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
  /**
   * Copies a job's labels of one name into the metadata of their records, to the last of them.
   * Called again, it brings the copies up to date.
   */
  async toMetadata(
    input: Omit<RouteInput<typeof api.jobs.toMetadata>, "after">,
    options?: CallOptions,
  ): Promise<{ changed: number; unchanged: number }> {
    const copy = method(transport, api.jobs.toMetadata);
    let [changed, unchanged] = [0, 0];
    let after: string | undefined;
    do {
      const part = await copy({ ...input, ...(after !== undefined && { after }) }, options);
      changed += part.changed;
      unchanged += part.unchanged;
      after = part.next ?? undefined;
    } while (after !== undefined);
    return { changed, unchanged };
  },
  watch: watch(transport),
});
