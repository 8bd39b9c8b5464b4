import { api, type RouteInput } from "@countersign/contract";
import { type Export, isFinished } from "@countersign/core";
import { method, sequence } from "./method.ts";
import type { CallOptions, Transport } from "./transport.ts";

const pauseMs = 500;

export const exports = (transport: Transport) => {
  const get = method(transport, api.exports.get);

  return {
    /** Has a file of records written in the background. */
    create: method(transport, api.exports.create),
    /** One page of the exports, newest first. */
    list: method(transport, api.exports.list),
    /** All exports, newest first. */
    all: sequence(transport, api.exports.list),
    /** One export and how far it is. */
    get,
    /** Stops an export. */
    cancel: method(transport, api.exports.cancel),
    /** Has an export's file go now. */
    remove: method(transport, api.exports.remove),

    /** The export now and twice a second, until it is finished. */
    async *watch(
      input: RouteInput<typeof api.exports.get>,
      options?: CallOptions,
    ): AsyncGenerator<Export, void, undefined> {
      for (;;) {
        const now = await get(input, options);
        yield now;
        if (isFinished(now)) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    },

    /** The file of an export that is done: its bytes, as they come. */
    async file(
      input: RouteInput<typeof api.exports.file>,
      options?: CallOptions,
    ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
      const response = await transport.send(api.exports.file, input, options);
      return response.body ?? new Blob().stream();
    },
  };
};
