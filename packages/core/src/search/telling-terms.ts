/** A term has so many characters at least: an index of trigrams knows none of shorter ones. */
const shortest = 3;

/** What is known of the texts among which others like some are looked for. */
export interface Among {
  /** Some of the texts, drawn at random. */
  readonly sample: readonly string[];
  /** How many texts there are. */
  readonly size: number;
}

/** How much is looked for. */
export interface Enough {
  /** Texts that the terms are to find. */
  readonly texts: number;
  /** The most terms, however few texts they find. */
  readonly terms: number;
}

/**
 * The words of some texts by which texts like them are found: the rarest first, as many as enough texts are expected to
 * have, one at least. In lower case; words too short for an index go with what follows them, as those of languages
 * written without blanks do. None where the texts have no words.
 */
export function tellingTerms(
  texts: readonly string[],
  { sample, size }: Among,
  enough: Enough,
): string[] {
  const lowered = sample.map((text) => text.toLowerCase());
  const rated = [...new Set(texts.flatMap(termsOf))].map((term) => {
    const having = lowered.filter((text) => text.includes(term)).length;
    // Of what no sampled text has, a fifth of a text is taken to have it.
    return { term, texts: (Math.max(having, 0.2) / Math.max(sample.length, 1)) * size };
  });
  rated.sort((a, b) => a.texts - b.texts || b.term.length - a.term.length);
  const chosen: string[] = [];
  let expected = 0;
  for (const { term, texts: having } of rated) {
    if (chosen.length > 0 && expected + having > enough.texts) break;
    chosen.push(term);
    expected += having;
    if (chosen.length === enough.terms) break;
  }
  return chosen;
}

const segmenter = new Intl.Segmenter("und", { granularity: "word" });

function termsOf(text: string): string[] {
  const lowered = text.toLowerCase();
  return [...segmenter.segment(lowered)]
    .flatMap(({ segment, index, isWordLike }) => {
      const term = lowered.slice(index, index + Math.max(segment.length, shortest));
      return isWordLike && term.length >= shortest ? [term.trim()] : [];
    })
    .filter((term) => term.length >= shortest);
}
