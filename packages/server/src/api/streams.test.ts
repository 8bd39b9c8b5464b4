import { afterEach, expect, test, vi } from "vitest";
import { eventStream, fileStream } from "./streams.ts";

afterEach(() => {
  vi.useRealTimers();
});

async function* counting(upTo: number) {
  for (let n = 1; n <= upTo; n += 1) yield n;
}

test("values are sent as events of one name, and the stream ends with them", async () => {
  const response = eventStream("job", counting(2), () => undefined);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(await response.text()).toBe("event: job\ndata: 1\n\nevent: job\ndata: 2\n\n");
});

test("a line break in a value cannot end an event", async () => {
  async function* value() {
    yield "a\n\nevent: evil";
  }
  const response = eventStream("job", value(), () => undefined);
  expect(await response.text()).toBe('event: job\ndata: "a\\n\\nevent: evil"\n\n');
});

test("a comment is sent while there is nothing to tell", async () => {
  vi.useFakeTimers();
  const never = new Promise<never>(() => undefined);
  async function* silent() {
    yield await never;
  }
  const reader = eventStream("job", silent(), () => undefined).body?.getReader();
  const read = reader?.read();
  await vi.advanceTimersByTimeAsync(15_000);
  expect(new TextDecoder().decode((await read)?.value)).toBe(":\n\n");
});

test("a client that leaves ends the values and the heartbeat", async () => {
  vi.useFakeTimers();
  let left = false;
  let ended = false;
  async function* endless() {
    try {
      for (;;) yield 1;
    } finally {
      ended = true;
    }
  }
  const reader = eventStream("job", endless(), () => {
    left = true;
  }).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  expect([left, ended, vi.getTimerCount()]).toEqual([true, true, 0]);
});

test("values are asked for no faster than they are read", async () => {
  let asked = 0;
  async function* watched() {
    for (const n of [1, 2, 3, 4, 5]) {
      asked = n;
      yield String(n);
    }
  }
  const reader = fileStream("text/csv", "a.csv", watched()).body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBeLessThanOrEqual(2);
});

test("a failure on the way breaks the stream off", async () => {
  async function* failing() {
    yield "a,b\n";
    throw new Error("the database went away");
  }
  const response = fileStream("text/csv", "a.csv", failing());
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="a.csv"');
  await expect(response.text()).rejects.toThrow("the database went away");
});
