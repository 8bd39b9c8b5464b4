import type { Vocabulary } from "../schema/vocabulary.ts";
import { fold } from "../text/fold.ts";
import { keyOf, wordsOf } from "../text/words.ts";

/** What a name before an answer stands for. */
export interface Head {
  /** The label named; none for “answer”, “label” and the like, which name any. */
  readonly label: Vocabulary | undefined;
  /** It announces the last word on the matter: “final answer”. */
  readonly final: boolean;
}

/** The names of the labels asked for, made ready for recognising them in replies. */
export interface Names {
  /** The label of this name, without regard to case, Unicode form and punctuation. */
  labelOf(written: string): Vocabulary | undefined;
  /** What the words before a colon stand for: a label's name, with words around it that change nothing. */
  headOf(written: string): Head | undefined;
}

const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/u));

/** Words that stand for whatever label is asked for. */
const anyLabel = set(`
  answer label class category classification result output prediction choice verdict decision response conclusion value
  option
`);

/** Words around a name that do not change what it names. */
const fillers = set(`
  the a an my your its this that final overall predicted correct assigned chosen detected main primary most likely best
  for of text review message sentence tweet comment document passage record item input statement
`);

/** A name, with the words around it, stands within so many characters. */
export const longestHead = 200;

export function compileNames(labels: readonly Vocabulary[]): Names {
  const exact = new Map<string, Vocabulary>();
  const keys = new Map<string, Vocabulary | null>();
  for (const label of labels) {
    const { name } = label.definition;
    exact.set(name, label);
    exact.set(fold(name), label);
    const key = keyOf(wordsOf(name));
    if (key !== "") keys.set(key, keys.has(key) ? null : label);
  }

  const labelOf = (written: string): Vocabulary | undefined => {
    const name = written.trim();
    return exact.get(name) ?? exact.get(fold(name)) ?? keys.get(keyOf(wordsOf(name))) ?? undefined;
  };

  const headOf = (written: string): Head | undefined => {
    if (written.length > longestHead) return undefined;
    const named = labelOf(written);
    if (named) return { label: named, final: false };
    const words = wordsOf(written);
    const telling = words.filter((word) => !fillers.has(word.folded));
    const final = words.some((word) => word.folded === "final");
    const label =
      keys.get(keyOf(telling)) ??
      keys.get(keyOf(telling.filter((word) => !anyLabel.has(word.folded))));
    if (label) return { label, final };
    return telling.length > 0 && telling.every((word) => anyLabel.has(word.folded))
      ? { label: undefined, final }
      : undefined;
  };

  return { labelOf, headOf };
}
