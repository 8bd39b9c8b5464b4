import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, agreed, missed, type Passage } from "./answer.ts";
import { readMentioned } from "./choice.ts";
import { readFuzzily } from "./fuzzy.ts";
import type { Line } from "./lines.ts";
import { contradicts, isEveryday, mentionsIn } from "./mentions.ts";
import { readPlain } from "./plain.ts";
import type { AnswerPlace, FuzzyMatching } from "./reading.ts";
import { refuses } from "./refusal.ts";

/**
 * Reads a reply of running text to a single choice: an option on a line of its own, else the option the whole comes down
 * to, else that of a sentence that concludes, else, if asked for, the nearest.
 */
export function readProse(
  vocabulary: Vocabulary,
  lines: readonly Line[],
  part: Passage,
  fuzzy: FuzzyMatching | undefined,
): readonly [AnswerPlace, Answer] {
  const own = readOwnLines(vocabulary, lines, part);
  if (own && (own.ok || own.reason !== "ambiguous")) return ["own-line", own];
  const said = readMentioned(vocabulary, part);
  if (said?.ok) return ["prose", said];
  const torn = own ?? said;
  if (torn?.reason === "ambiguous" && !part.cut) {
    const concluded = readConclusion(vocabulary, part);
    if (concluded?.ok) return ["conclusion", concluded];
  }
  if (torn) return ["prose", torn];
  const near = fuzzy && readFuzzily(vocabulary, part, fuzzy);
  return ["whole", near ?? notFound(vocabulary, part, true)];
}

/** A reply of so few words is meant as the answer itself. */
const shortReply = 8;

/** Why a reply in which no answer was found gives no label; `only` where it is the only label asked for. */
export function notFound(vocabulary: Vocabulary, part: Passage, only: boolean): Answer {
  const words = vocabulary.words(part.text, part.start, part.end);
  if (refuses(words, () => false)) return missed("refusal", part);
  return missed(words.length > shortReply || !only ? "no-label" : "unknown-option", part);
}

/**
 * An option that has a line to itself, the first or the last. With the first line, the rest may explain and must not
 * assert another option; with the last, the rest is what led to it. A word of everyday language is none where the reply
 * declines elsewhere: “No. / I cannot help with that.”
 */
function readOwnLines(
  vocabulary: Vocabulary,
  lines: readonly Line[],
  part: Passage,
): Answer | undefined {
  const answers = lines.map((line) => {
    if (line.head || line.passage.cut) return undefined;
    const asItIs = readPlain(vocabulary, line.passage);
    const answer = asItIs?.ok ? asItIs : readPlain(vocabulary, line.content);
    return answer?.ok ? answer : undefined;
  });
  const last = answers.at(-1);
  if (!answers[0] && !last) return undefined;
  const answer = agreed(answers.filter((one) => one !== undefined));
  const [chosen] = answer?.ok ? answer.chosen : [];
  if (!answer || !chosen) return answer;
  const words = vocabulary.words(part.text, part.start, part.end);
  if (isEveryday(part.text.slice(...chosen.span)) && refuses(words, () => false))
    return missed("refusal", part);
  if (!last && contradicts(mentionsIn(vocabulary, part.text, words), chosen))
    return missed("ambiguous", part);
  return answer;
}

const conclusive: ReadonlySet<string> = new Set(
  `therefore thus hence overall finally conclusion conclude ultimately summary answer final choose pick verdict classify
  classified label category`.split(/\s+/u),
);

/** The last sentence of a reply, where it says that it concludes. */
function readConclusion(vocabulary: Vocabulary, part: Passage): Answer | undefined {
  const { text, start, end } = part;
  const written = text.slice(start, end);
  const ends = [...written.matchAll(/[.!?。！？](?=\s|$)|[\n\r。！？]/gu)];
  const previous = ends.findLast(({ index }) => /[\p{L}\p{N}]/u.test(written.slice(index)));
  if (!previous) return undefined;
  const sentence = { ...part, start: start + previous.index + previous[0].length };
  const words = vocabulary.words(text, sentence.start, end);
  if (words[0]?.folded !== "so" && !words.some((word) => conclusive.has(word.folded)))
    return undefined;
  return readMentioned(vocabulary, sentence);
}
