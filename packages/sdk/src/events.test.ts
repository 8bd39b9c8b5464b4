import fc from "fast-check";
import { expect, test } from "vitest";
import { readEvents, type ServerEvent } from "./events.ts";

async function read(chunks: readonly Uint8Array[]): Promise<ServerEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const events: ServerEvent[] = [];
  for await (const event of readEvents(stream, () => undefined)) events.push(event);
  return events;
}

test("an event is the same however the bytes are cut into chunks", async () => {
  const bytes = new TextEncoder().encode(
    ': beat\n\nevent: job\ndata: {"a":"é€😀"}\n\r\nevent:job\r\ndata:1\r\ndata: 2\r\n\r\ndata: x\n\n',
  );
  const expected = [
    { name: "job", data: '{"a":"é€😀"}' },
    { name: "job", data: "1\n2" },
    { name: "message", data: "x" },
  ];
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(bytes.length)), async (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = edges.slice(1).map((edge, index) => bytes.slice(edges[index], edge));
      expect(await read(chunks)).toEqual(expected);
    }),
  );
});

test("an event cut off by the stream's end is dropped", async () => {
  expect(await read([new TextEncoder().encode("data: 1\n\ndata: 2\n")])).toEqual([
    { name: "message", data: "1" },
  ]);
});
