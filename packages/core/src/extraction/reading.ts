import type { LabelValue } from "../label/label.ts";

/** Why a model stopped writing, as far as its provider says. */
export type FinishReason = "stop" | "length" | "content-filter" | "other";

/** What a model wrote. */
export interface Reply {
  readonly text: string;
  readonly finish: FinishReason;
}

/** Part of a reply's text, in UTF-16 offsets: `[start, end)`. */
export type Span = readonly [start: number, end: number];

/** Where in a reply the answer stood. */
export type AnswerPlace =
  /** The whole reply is the answer. */
  | "whole"
  /** In JSON. */
  | "json"
  /** In JSON that had to be mended first. */
  | "mended-json"
  /** Between tags: `<answer>…</answer>`. */
  | "tag"
  /** After a name: `sentiment: …`. */
  | "line"
  /** A line of its own. */
  | "own-line"
  /** In the sentence that concludes. */
  | "conclusion"
  /** In running text; the reply may begin with it. */
  | "prose";

/** How the answer's words were matched with an option. For several options, the weakest of their matches. */
export type AnswerMatch =
  /** Value or text as written in the schema. */
  | "exact"
  /** The same but for case, Unicode form, white space, punctuation. */
  | "normalised"
  /** Another language's yes, no, true or false. */
  | "translated"
  /** The only option named in a few words around it: “clearly positive”. */
  | "mentioned"
  /** Not the option, but near it and to no other; only where asked for. */
  | "fuzzy";

/** The rule that read a label, stored with it: `line/exact`. */
export type ExtractionRule = `${AnswerPlace}/${AnswerMatch}`;

/** Why a reply gives no label. */
export type InvalidReason =
  /** Nothing was written, or nothing but thoughts. */
  | "empty"
  /** The model would not answer, or its provider held the answer back. */
  | "refusal"
  /** The reply ends at the token limit before the answer is certain. */
  | "truncated"
  /** It was to be JSON and cannot be read as such. */
  | "malformed-json"
  /** The label is not answered. */
  | "no-label"
  /** What is answered is no option. */
  | "unknown-option"
  /** Options are named only to be denied: “it is not positive”. */
  | "negated"
  /** The answer fits several options, or says two things. */
  | "ambiguous"
  /** It was to be a number, and is words or more than a number. */
  | "not-a-number"
  /** A range, or several numbers. */
  | "several-numbers"
  /** A number of something: “4 stars”, “4 %”. */
  | "unit"
  /** A share of another scale: “4/10” where the scale ends at 5. */
  | "wrong-scale"
  /** A number below or above the bounds. */
  | "out-of-range"
  /** A number between two steps. */
  | "off-step"
  /** A text longer than allowed. */
  | "too-long"
  /** Fewer or more options than the ranking asks for. */
  | "incomplete-ranking"
  /** An option that is ranked twice. */
  | "repeated-option"
  /** A quoted passage that is not in the record's text, or not so often. */
  | "quote-not-found"
  /** A quoted passage that stands in the text several times, and the reply does not say which is meant. */
  | "ambiguous-quote";

/**
 * Whether a second look at the reply's words may find the label: there are words, they are no refusal, and what they say
 * is not plainly outside the schema, such as a number beyond the bounds or a quote that the record does not have.
 */
export const isRefinable = (reason: InvalidReason): boolean => refinable.has(reason);

const refinable: ReadonlySet<InvalidReason> = new Set([
  "malformed-json",
  "no-label",
  "unknown-option",
  "negated",
  "ambiguous",
  "not-a-number",
  "unit",
]);

/** What a reply says of one label. */
export type Reading =
  | {
      readonly ok: true;
      /** The value as it is stored. */
      readonly value: LabelValue;
      readonly rule: ExtractionRule;
      /**
       * Where the value's own words stand in the reply: one span an option, in the order of the values; one for a number,
       * a text, or a whole list of quotes.
       */
      readonly spans: readonly Span[];
    }
  | {
      readonly ok: false;
      readonly reason: InvalidReason;
      /** The words at fault, cut short, for a person to read. */
      readonly detail: string;
    };

/**
 * Takes the nearest option where no option is written. Similarity is 1 − edit distance / length of the longer text.
 * The nearest option must reach `threshold` and be nearer than any other option by `margin`.
 */
export interface FuzzyMatching {
  readonly threshold: number;
  readonly margin: number;
}

export interface ExtractionOptions {
  readonly fuzzy?: FuzzyMatching | undefined;
  /** The record's text; where a label is of spans, quotes are located in it. */
  readonly record?: string | undefined;
}

/** Reads replies: one reading for each label asked for, under its name. Equal replies give equal readings. */
export type ReplyReader = (
  reply: Reply,
  options?: ExtractionOptions,
) => ReadonlyMap<string, Reading>;
