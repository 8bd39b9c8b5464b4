import type { LabelDefinition } from "../schema/schema.ts";
import { type Vocabulary, vocabularyOf } from "../schema/vocabulary.ts";
import { type Answer, agreed, excerpt, missed, type Passage } from "./answer.ts";
import { answerPart } from "./answer-part.ts";
import { readChoice } from "./choice.ts";
import { findDocuments, readDocuments } from "./json-answers.ts";
import { linesOf, type NamedAnswer, namedAnswers } from "./lines.ts";
import { readList } from "./list.ts";
import { compileNames, type Names } from "./names.ts";
import { readPlain } from "./plain.ts";
import { notFound, readProse } from "./prose.ts";
import type { AnswerPlace, FuzzyMatching, Reading, Reply, ReplyReader } from "./reading.ts";
import { taggedAnswers } from "./tags.ts";

/**
 * Makes a reader of replies for the labels asked for. The answer is sought where it is certain first, and each place
 * that holds one decides: the whole reply, JSON, tags, name and colon; for one label then a line of its own and running
 * text. Places of one kind must agree, but that “final answer” overrules what stands before it. Of two options that
 * would both do, neither is taken.
 */
export function compileExtraction(labels: readonly LabelDefinition[]): ReplyReader {
  const vocabularies = labels.map(vocabularyOf);
  const names = compileNames(vocabularies);
  return (reply, options = {}) => {
    const read = readerOf(reply, vocabularies, names, options.fuzzy);
    return new Map(vocabularies.map((label) => [label.definition.name, read(label)]));
  };
}

/** An answer and the place it stood in. */
type Placed = readonly [place: AnswerPlace, answer: Answer];

function readerOf(
  reply: Reply,
  labels: readonly Vocabulary[],
  names: Names,
  fuzzy: FuzzyMatching | undefined,
): (label: Vocabulary) => Reading {
  const part = answerPart(reply);
  const invalid = unanswered(reply, part);
  if (invalid) return () => invalid;
  const only = labels.length === 1;
  const opening = part.text.charAt(part.start);
  const isJson = opening === "{";
  const mayHoldJson = opening === "[" || part.text.indexOf("{", part.start) >= 0;
  const documents = lazily(() => findDocuments(part));
  const tagged = lazily(() => taggedAnswers(part, names));
  const lines = lazily(() => linesOf(part, names));
  const named = lazily(() => namedAnswers(lines(), names, !only));

  const placed = (label: Vocabulary): Placed => {
    const whole = only ? readWhole(label, part) : undefined;
    if (whole) return ["whole", whole];
    const inJson = mayHoldJson
      ? readDocuments(label, names, documents(), part.text, only, fuzzy)
      : undefined;
    if (inJson) return [documents().mended ? "mended-json" : "json", inJson];
    if (isJson) return ["json", missed(documents().broken ? "malformed-json" : "no-label", part)];
    const inTags = readNamed(label, tagged(), only, fuzzy);
    if (inTags) return ["tag", inTags];
    const inLines = readNamed(label, named(), only, fuzzy);
    if (inLines) return ["line", inLines];
    if (only && label.definition.kind === "single") return readProse(label, lines(), part, fuzzy);
    return ["prose", notFound(label, part, only)];
  };
  return (label) => readingOf(label, ...placed(label));
}

/** Why a reply cannot hold an answer at all. */
function unanswered(reply: Reply, part: Passage): Reading | undefined {
  const detail = excerpt(reply.text);
  if (reply.finish === "content-filter") return { ok: false, reason: "refusal", detail };
  if (part.end > part.start) return undefined;
  return { ok: false, reason: reply.finish === "length" ? "truncated" : "empty", detail };
}

function readWhole(label: Vocabulary, part: Passage): Answer | undefined {
  if (label.definition.kind === "single") return readPlain(label, part);
  const list = readList(label, part, undefined);
  return list.ok ? list : undefined;
}

function readNamed(
  label: Vocabulary,
  answers: readonly NamedAnswer[],
  only: boolean,
  fuzzy: FuzzyMatching | undefined,
): Answer | undefined {
  const own = answers.filter(({ head }) => head.label === label || (only && !head.label));
  const final = own.findLast(({ head }) => head.final);
  return agreed(
    (final ? [final] : own).map(({ answer }) =>
      label.definition.kind === "single"
        ? readChoice(label, answer, fuzzy)
        : readList(label, answer, fuzzy),
    ),
  );
}

/** An answer as a reading: a multiple choice's options once each, in schema order. */
function readingOf({ definition }: Vocabulary, place: AnswerPlace, answer: Answer): Reading {
  if (!answer.ok) return answer;
  const rule = `${place}/${answer.match}` as const;
  const chosen = definition.options.flatMap(
    (option) => answer.chosen.find((one) => one.option === option) ?? [],
  );
  const spans = chosen.map(({ span }) => span);
  const values = chosen.map(({ option }) => option.value);
  if (definition.kind === "multiple") return { ok: true, value: values, rule, spans };
  const [value = ""] = values;
  return { ok: true, value, rule, spans };
}

/** Works a thing out when it is first needed, and once. */
function lazily<Value>(work: () => Value): () => Value {
  let done: { readonly value: Value } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
