/** A stream of bytes of which the first were looked at; `body` has them all. */
export interface Begun {
  readonly head: Buffer;
  /** Whether the head is all there is. */
  readonly whole: boolean;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Reads a stream's first bytes, at least `wanted` of them unless it ends before. */
export async function begin(body: AsyncIterable<Uint8Array>, wanted: number): Promise<Begun> {
  const iterator = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < wanted) {
    const { done, value } = await iterator.next();
    if (done) {
      whole = true;
      break;
    }
    chunks.push(value);
    length += value.length;
  }
  const head = Buffer.concat(chunks);
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      if (whole) return;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      // Whoever stops early lets go of what the bytes come from.
      if (!whole) await iterator.return?.();
    }
  }
  return { head, whole, body: all() };
}
