import {
  canonicalValue,
  type LabelDefinition,
  type LabelValue,
  readValue,
} from "@countersign/core";

/** Truths that are no value of a label, by what they say; of many different ones the first are told apart. */
export class UnknownTruths {
  readonly #counts = new Map<string, number>();

  add(truth: LabelValue, n: number): void {
    const said = written(truth).slice(0, longest);
    const value = this.#counts.has(said) || this.#counts.size < mostTold ? said : "other values";
    this.#counts.set(value, (this.#counts.get(value) ?? 0) + n);
  }

  list(): { value: string; n: number }[] {
    return [...this.#counts].map(([value, n]) => ({ value, n }));
  }
}

const mostTold = 100;
const longest = 1000;

/** Reads a truth: a gold label as it is stored, a column's cell as an import reads it. */
export const readTruth = (
  definition: LabelDefinition,
  truth: LabelValue,
  column: string | undefined,
  content: string,
): LabelValue | undefined =>
  column !== undefined && typeof truth === "string"
    ? readValue(definition, truth, content)
    : canonicalValue(definition, truth, content);

/** A value as a word; a list is one value here, written as JSON. */
export const written = (value: LabelValue): string =>
  typeof value === "string" ? value : JSON.stringify(value);
