/** A text that has no vector yet, and the records that hold it. */
export interface Wanted {
  readonly digest: Buffer;
  readonly text: string;
  readonly records: readonly number[];
}

/** Few enough for servers that take no more than 32 texts at once, such as Hugging Face's. */
const mostTexts = 32;
/** In UTF-8. No token is shorter than a byte, so that no batch has more tokens than this; OpenAI takes 300,000. */
const mostBytes = 200_000;

/** Texts parted into requests, in their order; one that is longer than a request may be goes alone. */
export function inBatches(wanted: readonly Wanted[]): Wanted[][] {
  const batches: Wanted[][] = [];
  let bytes = 0;
  for (const one of wanted) {
    const length = Buffer.byteLength(one.text);
    const batch = batches.at(-1);
    if (batch && batch.length < mostTexts && bytes + length <= mostBytes) {
      batch.push(one);
      bytes += length;
    } else {
      batches.push([one]);
      bytes = length;
    }
  }
  return batches;
}
