/** A watched stream says something at least this often, so that proxies and clients can tell it from a dead one. */
const heartbeatMs = 15_000;
/** A comment, which clients pass over. */
const heartbeat = ":\n\n";

/**
 * Values as server-sent events of one name. A client that reads slowly slows the values down.
 *
 * @param onLeave called when the client goes before the values end; it should end them
 */
export function eventStream(
  name: string,
  values: AsyncIterable<unknown>,
  onLeave: () => void,
): Response {
  async function* events() {
    for await (const value of values) yield `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`;
  }
  const headers = { "content-type": "text/event-stream" };
  return streamed(events(), headers, { filler: heartbeat, onLeave });
}

/**
 * A file that is sent as it is written. A failure on the way breaks the connection, so that half a file is never taken
 * for a whole one.
 */
export function fileStream(
  media: string,
  filename: string,
  chunks: AsyncIterable<string | Uint8Array>,
): Response {
  return streamed(chunks, {
    "content-type": media.startsWith("text/") ? `${media}; charset=utf-8` : media,
    "content-disposition": `attachment; filename="${filename}"`,
  });
}

interface StreamOptions {
  /** Sent from time to time between the chunks. */
  readonly filler?: string;
  readonly onLeave?: () => void;
}

function streamed(
  chunks: AsyncIterable<string | Uint8Array>,
  headers: Readonly<Record<string, string>>,
  { filler, onLeave }: StreamOptions = {},
): Response {
  const encoder = new TextEncoder();
  const iterator = chunks[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      if (filler === undefined) return;
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(filler));
      }, heartbeatMs);
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        if (!done) {
          controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
          return;
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      clearInterval(timer);
    },
    async cancel() {
      clearInterval(timer);
      onLeave?.();
      await iterator.return?.();
    },
  });
  return new Response(body, { headers: { ...headers, "transfer-encoding": "chunked" } });
}
