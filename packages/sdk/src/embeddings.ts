import { api, type RouteInput } from "@countersign/contract";
import { type Embedding, isSettled } from "@countersign/core";
import { method } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";

const pauseMs = 1000;

export const embeddings = (transport: Transport) => {
  const get = method(transport, api.embeddings.get);

  return {
    /** Has a model make vectors of records' texts in the background. */
    create: method(transport, api.embeddings.create),
    /** What vectors will take, before anything is asked. */
    estimate: method(transport, api.embeddings.estimate),
    /** All vectors by name, imported and computed. */
    list: method(transport, api.embeddings.list),
    /** Vectors of a name, and how far computing them is. */
    get,
    /** Stops computing. */
    cancel: method(transport, api.embeddings.cancel),
    /** Computes what is missing. */
    resume: method(transport, api.embeddings.resume),
    /** Deletes the vectors of a name. */
    remove: method(transport, api.embeddings.remove),

    /** How far it is, now and once a second, until nothing more is computed. */
    async *watch(
      input: RouteInput<typeof api.embeddings.get>,
      options?: CallOptions,
    ): AsyncGenerator<Embedding, void, undefined> {
      for (;;) {
        const now = await get(input, options);
        yield now;
        if (isSettled(now)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    },
  };
};
