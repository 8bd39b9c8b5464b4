import { fold } from "../text/fold.ts";
import { Phrases } from "../text/phrases.ts";
import { keyOf, type Word, wordsOf } from "../text/words.ts";
import { type LabelDefinition, type Option, optionsOf } from "./schema.ts";

/** A label's options, made ready for finding them in texts. Numbers and texts have a name and no options. */
export interface Vocabulary {
  readonly definition: LabelDefinition;
  /** The words of the label's own name. */
  readonly nameWords: ReadonlySet<string>;
  /** Values and texts exactly as written. */
  readonly exact: ReadonlyMap<string, Option>;
  /** Values and texts folded. */
  readonly folded: ReadonlyMap<string, Option>;
  /** Word keys of values and texts; null where several options share one. */
  readonly keys: ReadonlyMap<string, Option | null>;
  /** Values and texts word by word. */
  readonly phrases: Phrases<Option>;
  /** The words of a text, as this label's options are to be found in it. */
  words(text: string, start?: number, end?: number): Word[];
}

const known = new WeakMap<LabelDefinition, Vocabulary>();

/** The vocabulary of a label. Made once for each definition object. */
export function vocabularyOf(definition: LabelDefinition): Vocabulary {
  const made = known.get(definition);
  if (made) return made;
  const vocabulary = makeVocabulary(definition);
  known.set(definition, vocabulary);
  return vocabulary;
}

function makeVocabulary(definition: LabelDefinition): Vocabulary {
  const options = optionsOf(definition);
  const symbols = tellingSymbols(options);
  const exact = new Map<string, Option>();
  const folded = new Map<string, Option>();
  const keys = new Map<string, Option | null>();
  const phrases = new Phrases<Option>();
  for (const option of options)
    for (const written of [option.value, option.text]) {
      exact.set(written, option);
      folded.set(fold(written), option);
      const words = wordsOf(written, symbols);
      if (words.length === 0) continue;
      phrases.add(
        words.map((word) => word.folded),
        option,
      );
      const key = keyOf(words);
      keys.set(key, (keys.get(key) ?? option) === option ? option : null);
    }
  return {
    definition,
    nameWords: new Set(wordsOf(definition.name).map((word) => word.folded)),
    exact,
    folded,
    keys,
    phrases,
    words: (text, start, end) => wordsOf(text, symbols, start, end),
  };
}

const notPartOfWords = /[^\p{L}\p{M}\p{N}\p{Cf}\s]/gu;

/**
 * The punctuation and symbols without which some options could not be told apart (`👍` and `👎`, `>50K` and `<=50K`):
 * all that these options hold. Where words alone tell the options apart, no symbol counts.
 */
function tellingSymbols(options: readonly Option[]): ReadonlySet<string> {
  const owners = new Map<string, Option>();
  const symbols = new Set<string>();
  const count = (...options: Option[]): void => {
    for (const { value, text } of options)
      for (const [symbol] of `${value}${text}`.matchAll(notPartOfWords)) symbols.add(fold(symbol));
  };
  for (const option of options)
    for (const written of [option.value, option.text]) {
      const key = keyOf(wordsOf(written));
      const owner = owners.get(key);
      if (key === "") count(option);
      else if (owner && owner !== option) count(owner, option);
      else owners.set(key, option);
    }
  return symbols;
}
