import { Readable } from "node:stream";

/**
 * A Node stream as the platform's own ReadableStream. The two type libraries (Node's and the browser's) describe one and
 * the same class in ways that do not fit each other; this is the one place where that is bridged.
 */
export const webStream = (source: Readable): ReadableStream<Uint8Array> =>
  Readable.toWeb(source) as unknown as ReadableStream<Uint8Array>;
