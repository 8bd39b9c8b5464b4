/** One server-sent event. Its name is `message` where the server gives none. */
export interface ServerEvent {
  readonly name: string;
  readonly data: string;
}

/**
 * Reads an event stream as the HTML standard's “Server-sent events” describes it; ids and retry times, which we do not
 * send, are passed over. Ends with the stream; an event cut off by its end is dropped. Leaving the loop closes the stream.
 *
 * @param onBytes called for all that arrives, comments included: a sign of life
 */
export async function* readEvents(
  stream: ReadableStream<Uint8Array>,
  onBytes: () => void,
): AsyncGenerator<ServerEvent, void, undefined> {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let name = "message";
  let data: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      const lines = (rest + decoder.decode(value, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line === "") {
          if (data.length > 0) yield { name, data: data.join("\n") };
          name = "message";
          data = [];
        } else if (line.startsWith("event:")) name = field(line);
        else if (line.startsWith("data:")) data.push(field(line));
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A field's value: all after the colon, less one space. */
const field = (line: string): string => line.slice(line.indexOf(":") + 1).replace(/^ /, "");
