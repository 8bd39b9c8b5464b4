/** So many items must suffer before it is the provider's fault and not theirs. */
const sufferers = 3;
const rejections = 10;

/**
 * Tells an item that fails from a provider that fails everything, so that a job pauses instead of burning through its
 * items. Pure; an item is any number that tells it from the others.
 */
export class Distress {
  #good = 0;
  readonly #suffering = new Set<number>();
  readonly #rejected = new Set<number>();

  /** Good replies so far; an item notes it when it is first asked. */
  get mark(): number {
    return this.#good;
  }

  good(): void {
    this.#good += 1;
    this.#suffering.clear();
  }

  /** A call for the item failed and may be tried again. */
  suffered(item: number): void {
    this.#suffering.add(item);
  }

  /** Whether an item that had all its attempts since `mark` may blame the provider: others suffer, and nobody fares well. */
  isProvidersFault(mark: number): boolean {
    return this.#good === mark && this.#suffering.size >= sufferers;
  }

  /** The item's request was called invalid. Whether every request seems to be: many were, and none was answered. */
  rejected(item: number): boolean {
    this.#rejected.add(item);
    return this.#good === 0 && this.#rejected.size >= rejections;
  }
}
