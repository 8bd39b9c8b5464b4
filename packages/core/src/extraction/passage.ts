import type { Vocabulary } from "../schema/vocabulary.ts";
import type { Answer, Passage } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { readChoice } from "./choice.ts";
import { readFreeText } from "./free-text.ts";
import { readList } from "./list.ts";
import { readNumber } from "./number.ts";
import { readQuotes } from "./quotes.ts";
import { readRanking } from "./ranking.ts";

/** Reads a passage that is known to be the answer for a label, as the label's kind asks for. */
export function readPassage(label: Vocabulary, passage: Passage, asking: Asking): Answer {
  const { definition } = label;
  if (definition.level === "span") return readQuotes(label, passage, asking);
  switch (definition.kind) {
    case "single":
      return readChoice(label, passage, asking.fuzzy);
    case "multiple":
      return readList(label, passage, asking.fuzzy);
    case "ranking":
      return readRanking(label, passage, asking.fuzzy);
    case "number":
      return readNumber(definition, passage);
    case "text":
      return readFreeText(definition, passage);
  }
}
