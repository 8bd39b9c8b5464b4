import type { Word } from "./words.ts";

interface Node<Item> {
  readonly next: Map<string, Node<Item>>;
  readonly items: Item[];
}

const node = <Item>(): Node<Item> => ({ next: new Map(), items: [] });

/** A place where a phrase stands in a text: words `[first, first + length)`. */
export interface Occurrence<Item> {
  readonly items: readonly Item[];
  readonly first: number;
  readonly length: number;
}

/** Phrases found in a text word by word, the longest first. Several items may share a phrase. */
export class Phrases<Item> {
  readonly #root: Node<Item> = node();

  add(words: readonly string[], item: Item): void {
    let at = this.#root;
    for (const word of words) {
      let next = at.next.get(word);
      if (!next) {
        next = node();
        at.next.set(word, next);
      }
      at = next;
    }
    if (!at.items.includes(item)) at.items.push(item);
  }

  /** The longest phrase that begins at a word. */
  longestAt(words: readonly Word[], first: number): Occurrence<Item> | undefined {
    let at: Node<Item> | undefined = this.#root;
    let longest: Occurrence<Item> | undefined;
    for (let index = first; ; index++) {
      const word = words[index];
      at = word && at.next.get(word.folded);
      if (!at) return longest;
      if (at.items.length > 0) longest = { items: at.items, first, length: index - first + 1 };
    }
  }

  /** Every phrase in a text from left to right: at each place the longest, none overlapping the one before. */
  occurrences(words: readonly Word[]): Occurrence<Item>[] {
    const found: Occurrence<Item>[] = [];
    for (let index = 0; index < words.length; ) {
      const occurrence = this.longestAt(words, index);
      if (occurrence) found.push(occurrence);
      index += occurrence?.length ?? 1;
    }
    return found;
  }
}
