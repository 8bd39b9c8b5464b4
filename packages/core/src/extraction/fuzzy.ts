import type { Option } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { similarity } from "../text/similarity.ts";
import { keyOf } from "../text/words.ts";
import { type Answer, missed, type Passage, torn } from "./answer.ts";
import { denies } from "./negation.ts";
import type { FuzzyMatching } from "./reading.ts";

/** A passage longer than this is no misspelling of an option. */
const longestMisspelling = 300;

/**
 * Reads a passage that is nearly an option: near enough, and nearer than to any other. A denial on one side only
 * keeps them apart, since “not positive” is near “positive”. `undefined` where nothing is near enough.
 */
export function readFuzzily(
  vocabulary: Vocabulary,
  passage: Passage,
  { threshold, margin }: FuzzyMatching,
): Answer | undefined {
  if (passage.end - passage.start > longestMisspelling) return undefined;
  const words = vocabulary.words(passage.text, passage.start, passage.end);
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return undefined;
  const [best, second] = nearest(vocabulary, keyOf(words), threshold - margin);
  if (!best || best.near < threshold || denies(words) !== denies(vocabulary.words(best.key)))
    return undefined;
  if (second && best.near - second.near < margin) return torn([best.option, second.option]);
  if (passage.cut) return missed("truncated", passage);
  return {
    ok: true,
    match: "fuzzy",
    chosen: [{ option: best.option, span: [first.start, last.end] }],
  };
}

interface Nearness {
  readonly option: Option;
  readonly key: string;
  readonly near: number;
}

/**
 * The two options nearest to a text, the nearer first; of options equally near the first in the schema. Those that differ
 * too much in length to reach `least` are passed over.
 */
function nearest(vocabulary: Vocabulary, text: string, least: number): Nearness[] {
  const byOption = new Map<Option, Nearness>();
  for (const [key, option] of vocabulary.keys) {
    const [shorter, longer] = [
      Math.min(text.length, key.length),
      Math.max(text.length, key.length),
    ];
    if (!option || shorter / longer < least) continue;
    const near = similarity(text, key);
    if (near > (byOption.get(option)?.near ?? -1)) byOption.set(option, { option, key, near });
  }
  return [...byOption.values()].sort((a, b) => b.near - a.near).slice(0, 2);
}
