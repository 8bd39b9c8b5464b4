import { UnreadableFile } from "./unreadable.ts";

/** How far a compressed file may expand. */
export interface Expansion {
  /** So many bytes are always fine. */
  readonly free: number;
  /** Times its compressed size, beyond that. */
  readonly ratio: number;
}

/** Text shrinks to a tenth, tables with few values to a hundredth; a bomb is a thousand times what it was. */
const asTextDoes: Expansion = { free: 64_000_000, ratio: 200 };

/** Watches a file being expanded; throws an {@link UnreadableFile} where it grows as only a bomb does. */
export function watchExpansion({ free, ratio }: Expansion = asTextDoes) {
  let before = 0;
  let after = 0;
  return {
    compressed(bytes: number): void {
      before += bytes;
    },
    expanded(bytes: number): void {
      after += bytes;
      if (after > free && after > before * ratio)
        throw new UnreadableFile(
          `expands to more than ${ratio} times its size, as no file of texts does`,
        );
    },
  };
}
