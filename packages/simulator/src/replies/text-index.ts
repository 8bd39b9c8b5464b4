/** A set of texts, or a map by text. */
export type KnownTexts = Pick<ReadonlySet<string>, "has" | "keys">;

/**
 * Finds which of many known texts stands in a prompt, in time that grows with the prompt and not with the number of
 * texts.
 *
 * Each text is filed under its anchor: its first 2^k UTF-16 units, k ≤ 4, as many as it has. A rolling hash
 * (Rabin–Karp) over the prompt finds the places where an anchor may begin by looking into a bit set; only there are the
 * texts of that anchor looked up, by length, longest first.
 */
export class TextIndex {
  readonly #lengths = new Map<string, number[]>();
  readonly #texts: KnownTexts;
  readonly #filters: AnchorFilter[] = [];

  constructor(texts: KnownTexts) {
    this.#texts = texts;
    for (const text of texts.keys()) this.#file(text);
    const anchors = Map.groupBy(this.#lengths.keys(), (anchor) => anchor.length);
    for (const [size, sameSize] of anchors) this.#filters.push(new AnchorFilter(size, sameSize));
    for (const lengths of this.#lengths.values()) lengths.sort((a, b) => b - a);
  }

  #file(text: string): void {
    const anchor = text.slice(0, anchorSize(text.length));
    const lengths = this.#lengths.get(anchor);
    if (lengths === undefined) this.#lengths.set(anchor, [text.length]);
    else if (!lengths.includes(text.length)) lengths.push(text.length);
  }

  /** The longest known text in the prompt; of equally long ones the last. */
  find(prompt: string): string | undefined {
    let longest: string | undefined;
    let start = 0;
    for (const filter of this.#filters)
      for (const place of filter.places(prompt)) {
        const found = this.#textAt(prompt, place, filter.size, longest?.length ?? 0);
        if (found === undefined) continue;
        if (found.length === longest?.length && place < start) continue;
        longest = found;
        start = place;
      }
    return longest;
  }

  #textAt(prompt: string, place: number, size: number, least: number): string | undefined {
    for (const length of this.#lengths.get(prompt.slice(place, place + size)) ?? []) {
      if (length < least) return undefined;
      if (place + length > prompt.length) continue;
      const candidate = prompt.slice(place, place + length);
      if (this.#texts.has(candidate)) return candidate;
    }
    return undefined;
  }
}

const longestAnchor = 16;

function anchorSize(length: number): number {
  let size = 1;
  while (size < longestAnchor && size * 2 <= length) size *= 2;
  return size;
}

const base = 0x01000193;
const bitsPerAnchor = 32;

/** Says where in a prompt an anchor of one size may begin: misses none, and is wrong about 1 place in 30. */
class AnchorFilter {
  readonly size: number;
  readonly #bits: Uint32Array;
  readonly #shift: number;
  /** What the unit that leaves the window was multiplied by. */
  readonly #leaving: number;

  constructor(size: number, anchors: readonly string[]) {
    this.size = size;
    const log = Math.max(5, Math.ceil(Math.log2(anchors.length * bitsPerAnchor)));
    this.#bits = new Uint32Array(2 ** (log - 5));
    this.#shift = 32 - log;
    let leaving = 1;
    for (let i = 0; i < size; i += 1) leaving = Math.imul(leaving, base);
    this.#leaving = leaving;
    for (const anchor of anchors) {
      let hash = 0;
      for (let i = 0; i < size; i += 1) hash = (Math.imul(hash, base) + anchor.charCodeAt(i)) | 0;
      const bit = this.#bit(hash);
      this.#bits[bit >>> 5] = (this.#bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  places(prompt: string): number[] {
    const places: number[] = [];
    let hash = 0;
    for (let end = 0; end < prompt.length; end += 1) {
      hash = (Math.imul(hash, base) + prompt.charCodeAt(end)) | 0;
      const start = end + 1 - this.size;
      if (start < 0) continue;
      if (start > 0) hash = (hash - Math.imul(this.#leaving, prompt.charCodeAt(start - 1))) | 0;
      const bit = this.#bit(hash);
      if (((this.#bits[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) places.push(start);
    }
    return places;
  }

  /** The hash's high bits after one more multiplication, since its low bits hang on the last unit alone. */
  #bit(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> this.#shift;
  }
}
