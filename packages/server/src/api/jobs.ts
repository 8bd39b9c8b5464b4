import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { jobs as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { eventStream } from "./streams.ts";

export const jobs: Handlers<typeof api.jobs> = {
  run: ({ engine, actor }, input) => useCases.run(engine, actor, input),
  estimate: ({ engine }, input) => useCases.estimate(engine, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  cancel: ({ engine, actor }, input) => useCases.cancel(engine, actor, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
  resume: ({ engine, actor }, input) => useCases.resume(engine, actor, input),
  retry: ({ engine, actor }, input) => useCases.retry(engine, actor, input),
  batches: ({ engine }, input) => useCases.batches(engine, input),
  reextract: ({ engine, actor }, input) => useCases.reextract(engine, actor, input),
  toMetadata: ({ engine, actor }, input) => useCases.toMetadata(engine, actor, input),
  watch: async ({ engine, signal }, input) => {
    const left = new AbortController();
    const watched = await useCases.watch(engine, input, AbortSignal.any([signal, left.signal]));
    return watched.ok ? ok(eventStream("job", watched.value, () => left.abort())) : watched;
  },
  items: ({ engine }, input) => useCases.items(engine, input),
  report: ({ engine }, input) => useCases.report(engine, input),
  labels: ({ engine }, input) => useCases.labels(engine, input),
};
