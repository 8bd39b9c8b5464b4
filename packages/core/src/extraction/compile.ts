import { type LabelDefinition, optionsOf } from "../schema/schema.ts";
import { type Vocabulary, vocabularyOf } from "../schema/vocabulary.ts";
import { type Answer, agreed, missed, type Passage, type Placed } from "./answer.ts";
import { answerPart } from "./answer-part.ts";
import { readAsAsked } from "./as-asked.ts";
import type { Asking } from "./asking.ts";
import { namedTexts, readFreeText, readWholeText } from "./free-text.ts";
import { findDocuments, readDocuments } from "./json-answers.ts";
import { linesOf, type NamedAnswer, namedAnswers } from "./lines.ts";
import { compileNames, type Names } from "./names.ts";
import { readNumber, readOwnNumber } from "./number.ts";
import { readPassage } from "./passage.ts";
import { readPlain } from "./plain.ts";
import { notFound, readProse } from "./prose.ts";
import { quoteListsIn, readQuoteList, readQuotes } from "./quotes.ts";
import { readRanking } from "./ranking.ts";
import type { AnswerPlace, Reading, Reply, ReplyReader } from "./reading.ts";
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
  return (reply, { fuzzy, record = "" } = {}) => {
    const asking: Asking = { fuzzy, record };
    const asAsked = readAsAsked(vocabularies, reply, asking);
    const search = lazily(() => searchOf(reply, vocabularies, names, asking));
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
  asking: Asking,
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
    const { definition } = label;
    const isText = definition.kind === "text" && definition.level === "record";
    const isSpans = definition.level === "span";
    // An object is not what its letters come to when its signs are left out.
    const inObject =
      only && opening === "{" && !isText
        ? readDocuments(label, names, documents(), part.text, only, asking)
        : undefined;
    if (inObject?.ok) return [documents().mended ? "mended-json" : "json", inObject];
    const whole = only && !isText ? readWhole(label, part, asking) : undefined;
    if (whole) return ["whole", whole];
    if (only && isSpans && opening === "[") return ["json", readQuotes(label, part, asking)];
    // Braces within a text are the text's own, and those of quotes within a list no answer by themselves.
    const inJson =
      mayHoldJson && ((!isText && !isSpans) || opening === "{")
        ? readDocuments(label, names, documents(), part.text, only, asking)
        : undefined;
    if (inJson) return [documents().mended ? "mended-json" : "json", inJson];
    if (opening === "{")
      return ["json", missed(documents().broken ? "malformed-json" : "no-label", part)];
    const inTags = readNamed(label, tagged(), only, asking);
    if (inTags) return ["tag", inTags];
    if (isText && definition.kind === "text") {
      const texts = namedTexts(label, lines(), part, only).map((one) =>
        readFreeText(definition, one),
      );
      const text = agreed(texts);
      if (text) return ["line", text];
      return only
        ? ["whole", readWholeText(definition, part)]
        : ["prose", notFound(label, part, only)];
    }
    if (isSpans) return readSpansIn(label, named(), part, only, asking);
    const inLines = readNamed(label, named(), only, asking);
    if (inLines) return ["line", inLines];
    if (!only) return ["prose", notFound(label, part, only)];
    if (definition.kind === "single") return readProse(label, lines(), part, asking.fuzzy);
    if (definition.kind === "number") {
      const own = readOwnNumber(definition, lines());
      return own ? ["own-line", own] : ["prose", readNumber(definition, part)];
    }
    if (definition.kind === "ranking") {
      const ranking = readRanking(label, part, asking.fuzzy);
      return [
        "prose",
        ranking.ok || ranking.reason === "unknown-option" ? notFound(label, part, only) : ranking,
      ];
    }
    return ["prose", notFound(label, part, only)];
  };
}

/** Spans behind their label's name, which may go on over several lines; else the one list in the reply. */
function readSpansIn(
  label: Vocabulary,
  named: readonly NamedAnswer[],
  part: Passage,
  only: boolean,
  asking: Asking,
): Placed {
  const own = named.filter(({ head }) => head.label === label || (only && !head.label));
  if (own.length > 0)
    return [
      "line",
      agreed(own.map(({ answer }) => readQuotes(label, { ...answer, end: part.end }, asking))) ??
        missed("no-label", part),
    ];
  const lists = only ? quoteListsIn(part) : [];
  const answer = agreed(lists.map((list) => readQuoteList(label, list, part, asking)));
  if (answer) return ["json", answer];
  return ["prose", part.cut ? missed("truncated", part) : notFound(label, part, only)];
}

/** Why a reply cannot hold an answer at all. */
function whyUnanswered(reply: Reply, part: Passage): Answer | undefined {
  const whole: Passage = { text: reply.text, start: 0, end: reply.text.length, cut: false };
  if (reply.finish === "content-filter") return missed("refusal", whole);
  if (part.end > part.start) return undefined;
  return missed(reply.finish === "length" ? "truncated" : "empty", whole);
}

function readWhole(label: Vocabulary, part: Passage, asking: Asking): Answer | undefined {
  const { kind, level } = label.definition;
  if (kind === "single" && level === "record") return readPlain(label, part);
  const answer = readPassage(label, part, { ...asking, fuzzy: undefined });
  return answer.ok ? answer : undefined;
}

function readNamed(
  label: Vocabulary,
  answers: readonly NamedAnswer[],
  only: boolean,
  asking: Asking,
): Answer | undefined {
  const own = answers.filter(({ head }) => head.label === label || (only && !head.label));
  const final = own.findLast(({ head }) => head.final);
  return agreed(
    (final ? [final] : own).map(({ answer }) => readPassage(label, answer, asking)),
    label.definition.kind === "ranking",
  );
}

/** An answer as a reading: a multiple choice's options once each, in schema order. */
function readingOf({ definition }: Vocabulary, place: AnswerPlace, answer: Answer): Reading {
  if (!answer.ok) return answer;
  const rule = `${place}/${answer.match}` as const;
  if (answer.said) return { ok: true, value: answer.said.value, rule, spans: [answer.said.span] };
  const chosen =
    definition.kind === "ranking"
      ? answer.chosen
      : optionsOf(definition).flatMap(
          (option) => answer.chosen.find((one) => one.option === option) ?? [],
        );
  const spans = chosen.map(({ span }) => span);
  const values = chosen.map(({ option }) => option.value);
  if (definition.kind !== "single") return { ok: true, value: values, rule, spans };
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
