import type { SpanValue } from "../label/label.ts";
import { canonicalSpans, placesOf } from "../label/spans.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { type Answer, missed, type Passage, said, trimmed } from "./answer.ts";
import type { Asking } from "./asking.ts";
import { bounded } from "./free-text.ts";
import { type Json, readJson, readScalar } from "./json.ts";
import { readItem, together } from "./list.ts";
import { mendJson } from "./mend.ts";
import { readNumber } from "./number.ts";
import type { AnswerMatch, InvalidReason } from "./reading.ts";

/**
 * Reads spans: a JSON list of quotes from the record's text, each with what is said of it. A quote stands where it
 * stands in the text, character for character; one that is not there, or there more often than the reply accounts for,
 * makes the answer none: it is never put elsewhere.
 */
export function readQuotes(vocabulary: Vocabulary, passage: Passage, asking: Asking): Answer {
  const { text, start, end, cut } = trimmed(passage);
  const { value, complete, end: read } = readJson(text, start, end);
  // What stands before a colon on its line is a name, though it may begin like a list.
  if (complete && /^[^\n]*[:：]/u.test(text.slice(read, end)))
    return missed("malformed-json", passage);
  if (complete && value) return readQuoteList(vocabulary, value, passage, asking);
  if (cut) return missed("truncated", passage);
  const mended = text.charAt(start) === "[" ? mendJson(text, start, end) : undefined;
  return mended
    ? readQuoteList(vocabulary, mended, passage, asking)
    : missed("malformed-json", passage);
}

/** Reads spans out of a JSON value. */
export function readQuoteList(
  vocabulary: Vocabulary,
  json: Json,
  { text }: Passage,
  asking: Asking,
): Answer {
  const whole: Passage = { text, start: json.start, end: json.end, cut: false };
  const items = json.kind === "array" ? json.items : json.kind === "object" ? [json] : undefined;
  if (!items) return missed("no-label", whole);
  const quotes: Quote[] = [];
  for (const item of items) {
    const quote = quoteIn(vocabulary, item, text, asking);
    if ("ok" in quote) return quote;
    quotes.push(quote);
  }
  return located(quotes, whole, asking.record);
}

interface Quote {
  readonly words: string;
  readonly passage: Passage;
  /** Which of the places of these words is meant, from 1; undefined where the reply does not say. */
  readonly occurrence: number | undefined;
  readonly value: SpanValue["value"];
  readonly match: AnswerMatch;
}

const quoteKeys: ReadonlySet<string> = new Set(["text", "quote", "span", "words", "passage"]);
const factKeys: ReadonlySet<string> = new Set([
  "option",
  "options",
  "label",
  "labels",
  "value",
  "category",
  "class",
  "type",
]);

function quoteIn(vocabulary: Vocabulary, json: Json, text: string, asking: Asking): Quote | Answer {
  const passage: Passage = { text, start: json.start, end: json.end, cut: false };
  if (json.kind !== "object") return missed("malformed-json", passage);
  const entry = (keys: ReadonlySet<string>) =>
    json.entries.filter(({ key }) => keys.has(key.text.toLowerCase())).map(({ value }) => value);
  const [words, ...otherWords] = entry(quoteKeys);
  const [fact, ...otherFacts] = entry(factKeys);
  const [occurrence] = entry(new Set(["occurrence"]));
  if (words?.kind !== "scalar" || !words.quoted || otherWords.length > 0)
    return missed("malformed-json", passage);
  if (!fact || otherFacts.length > 0) return missed("no-label", passage);
  const answer = readFact(vocabulary, fact, text, asking);
  if (!answer.ok) return answer;
  const number = occurrence?.kind === "scalar" ? Number(occurrence.text) : undefined;
  if (number !== undefined && (!Number.isInteger(number) || number < 1))
    return missed("quote-not-found", passage);
  const value =
    answer.said?.value ??
    (vocabulary.definition.kind === "multiple"
      ? vocabulary.definition.options.flatMap((option) =>
          answer.chosen.some((one) => one.option === option) ? [option.value] : [],
        )
      : answer.chosen[0]?.option.value);
  if (value === undefined || (Array.isArray(value) && value.some((one) => typeof one !== "string")))
    return missed("no-label", passage);
  return {
    words: words.text,
    passage,
    occurrence: number,
    value: asFact(value),
    match: answer.match,
  };
}

const asFact = (value: string | number | readonly (string | SpanValue)[]): SpanValue["value"] =>
  typeof value === "string" || typeof value === "number"
    ? value
    : value.filter((one) => typeof one === "string");

/** What is said of a quote. */
function readFact(vocabulary: Vocabulary, json: Json, text: string, { fuzzy }: Asking): Answer {
  const { definition } = vocabulary;
  const passage: Passage = { text, start: json.start, end: json.end, cut: false };
  const item = (one: Json): Answer =>
    one.kind === "scalar"
      ? readScalar(text, one, (words) => readItem(vocabulary, words, fuzzy))
      : missed("unknown-option", passage);
  if (definition.kind === "multiple")
    return json.kind === "array" ? together(json.items.map(item)) : item(json);
  if (json.kind !== "scalar") return missed("unknown-option", passage);
  if (definition.kind === "number")
    return readScalar(text, json, (one) => readNumber(definition, one));
  if (definition.kind === "text") return bounded(definition, json.text, passage);
  return item(json);
}

/** Puts quotes where they stand in the text. */
function located(quotes: readonly Quote[], whole: Passage, record: string): Answer {
  const spans: SpanValue[] = [];
  const unnumbered = Map.groupBy(
    quotes.filter(({ occurrence }) => occurrence === undefined),
    ({ words, value }) => JSON.stringify([words, value]),
  );
  for (const quote of quotes) {
    const places = placesOf(quote.words, record);
    const fail = (reason: InvalidReason) => missed(reason, quote.passage);
    if (places.length === 0) return fail("quote-not-found");
    if (quote.occurrence !== undefined) {
      const start = places[quote.occurrence - 1];
      if (start === undefined) return fail("quote-not-found");
      spans.push(spanAt(start, quote));
      continue;
    }
    // Said as often as it stands there, each of its places is meant; else it is not known which.
    const alike = unnumbered.get(JSON.stringify([quote.words, quote.value])) ?? [];
    const start = places[alike.indexOf(quote)];
    if (alike.length !== places.length || start === undefined) return fail("ambiguous-quote");
    spans.push(spanAt(start, quote));
  }
  const value = canonicalSpans(unique(spans), record, (fact) => fact);
  if (!value) return missed("quote-not-found", whole);
  const exact = quotes.every(({ match }) => match === "exact");
  return said(value, [whole.start, whole.end], exact ? "exact" : "normalised");
}

const spanAt = (start: number, { words, value }: Quote): SpanValue => ({
  end: start + words.length,
  start,
  value,
});

/** A span that a reply names twice, with the same number, is one span. */
const unique = (spans: readonly SpanValue[]): SpanValue[] => [
  ...new Map(spans.map((span) => [JSON.stringify(span), span])).values(),
];

/** Lists of quotes that stand in running text: each a whole JSON array of objects. */
export function quoteListsIn({ text, start, end }: Passage): Json[] {
  const lists: Json[] = [];
  for (let at = text.indexOf("[", start); at >= 0 && at < end; at = text.indexOf("[", at)) {
    const { value, complete, end: read } = readJson(text, at, end);
    if (complete && value?.kind === "array" && value.items.every(({ kind }) => kind === "object"))
      lists.push(value);
    at = Math.max(read, at + 1);
  }
  return lists;
}
