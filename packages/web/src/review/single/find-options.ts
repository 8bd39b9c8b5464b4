import type { Option } from "@countersign/core";

const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

/**
 * The options that a person may mean by what was typed, the likeliest first: those that begin with it, then those in
 * which a word does, then those that hold it anywhere; each group in schema order.
 */
export function findOptions(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = folded(typed.trim());
  if (wanted === "") return options;
  const rank = ({ text, value }: Option): number => {
    const words = [folded(text), folded(value)];
    if (words.some((word) => word.startsWith(wanted))) return 0;
    if (words.some((word) => word.split(/[\s_/-]+/).some((part) => part.startsWith(wanted))))
      return 1;
    return words.some((word) => word.includes(wanted)) ? 2 : 3;
  };
  return options
    .map((option) => ({ option, rank: rank(option) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ option }) => option);
}
