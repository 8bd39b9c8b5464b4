import type { LabelDefinition } from "../schema/schema.ts";
import { type Vocabulary, vocabularyOf } from "../schema/vocabulary.ts";
import { type Answer, agreed, missed, type Passage, type Placed } from "./answer.ts";
import { answerPart } from "./answer-part.ts";
import { readAsAsked } from "./as-asked.ts";
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
    const asAsked = readAsAsked(vocabularies, reply);
    const search = lazily(() => searchOf(reply, vocabularies, names, options.fuzzy));
    return new Map(
      vocabularies.map((label) => {
        const [place, answer] = asAsked?.get(label) ?? search()(label);
        return [label.definition.name, readingOf(label, place, answer)];
      }),
    );
  };
}

/** Seeks the labels in a reply that is not just what was asked for. */
function searchOf(
  reply: Reply,
  labels: readonly Vocabulary[],
  names: Names,
  fuzzy: FuzzyMatching | undefined,
): (label: Vocabulary) => Placed {
  const part = answerPart(reply);
  const unanswered = whyUnanswered(reply, part);
  if (unanswered) return () => ["whole", unanswered];
  const only = labels.length === 1;
  const opening = part.text.charAt(part.start);
  const mayHoldJson = opening === "[" || part.text.indexOf("{", part.start) >= 0;
  const documents = lazily(() => findDocuments(part));
  const tagged = lazily(() => taggedAnswers(part, names));
  const lines = lazily(() => linesOf(part, names));
  const named = lazily(() => namedAnswers(lines(), names, labels));

  return (label) => {
    const whole = only ? readWhole(label, part) : undefined;
    if (whole) return ["whole", whole];
    const inJson = mayHoldJson
      ? readDocuments(label, names, documents(), part.text, only, fuzzy)
      : undefined;
    if (inJson) return [documents().mended ? "mended-json" : "json", inJson];
    if (opening === "{")
      return ["json", missed(documents().broken ? "malformed-json" : "no-label", part)];
    const inTags = readNamed(label, tagged(), only, fuzzy);
    if (inTags) return ["tag", inTags];
    const inLines = readNamed(label, named(), only, fuzzy);
    if (inLines) return ["line", inLines];
    if (only && label.definition.kind === "single") return readProse(label, lines(), part, fuzzy);
    return ["prose", notFound(label, part, only)];
  };
}

/** Why a reply cannot hold an answer at all. */
function whyUnanswered(reply: Reply, part: Passage): Answer | undefined {
  const whole: Passage = { text: reply.text, start: 0, end: reply.text.length, cut: false };
  if (reply.finish === "content-filter") return missed("refusal", whole);
  if (part.end > part.start) return undefined;
  return missed(reply.finish === "length" ? "truncated" : "empty", whole);
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
