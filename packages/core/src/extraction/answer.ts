import type { LabelValue } from "../label/label.ts";
import { valueKey } from "../label/value.ts";
import type { Option } from "../schema/schema.ts";
import type { AnswerMatch, AnswerPlace, InvalidReason, Span } from "./reading.ts";

/** A stretch of text that is taken as the answer for one label. */
export interface Passage {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The token limit was reached in it: what stands here may not be all of it. */
  readonly cut: boolean;
}

export interface Chosen {
  readonly option: Option;
  readonly span: Span;
}

/** What a passage says: the options chosen, or a number, text or spans, or why it gives no label. */
export type Answer =
  | {
      readonly ok: true;
      readonly match: AnswerMatch;
      readonly chosen: readonly Chosen[];
      /** In place of options: the value, and where it stands in the reply. */
      readonly said?: { readonly value: LabelValue; readonly span: Span };
    }
  | { readonly ok: false; readonly reason: InvalidReason; readonly detail: string };

/** An answer and the place it stood in. */
export type Placed = readonly [place: AnswerPlace, answer: Answer];

const longestDetail = 120;

/** What may yet have come, had the token limit not cut it off. */
const unfinished: ReadonlySet<InvalidReason> = new Set([
  "no-label",
  "unknown-option",
  "negated",
  "malformed-json",
  "not-a-number",
  "incomplete-ranking",
]);

/** An answer that is no option. */
export const said = (value: LabelValue, span: Span, match: AnswerMatch): Answer => ({
  ok: true,
  match,
  chosen: [],
  said: { value, span },
});

/** An answer that gives no label, with the passage's words as its detail. */
export const missed = (reason: InvalidReason, passage: Passage): Answer => ({
  ok: false,
  reason: passage.cut && unfinished.has(reason) ? "truncated" : reason,
  detail: excerpt(passage.text.slice(passage.start, passage.end)),
});

/** An answer that names several options where one is asked for. */
export const torn = (options: Iterable<Option>): Answer => ({
  ok: false,
  reason: "ambiguous",
  detail: excerpt([...options].map((option) => option.text).join(" / ")),
});

/** A text on one line, cut to what a person reads at a glance. */
export function excerpt(text: string): string {
  const line = text
    .slice(0, 4 * longestDetail)
    .trim()
    .replace(/\s+/gu, " ");
  if (line.length <= longestDetail) return line;
  const cut = line.slice(0, longestDetail - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** The passage without the white space around it. */
export function trimmed(passage: Passage): Passage {
  const written = passage.text.slice(passage.start, passage.end);
  const start = passage.start + (written.length - written.trimStart().length);
  return { ...passage, start, end: Math.max(start, passage.start + written.trimEnd().length) };
}

/**
 * Answers of one label from several places of a reply: the one thing they say, or that they contradict each other.
 *
 * @param ordered whether the order of options matters, as in a ranking
 */
export function agreed(answers: readonly Answer[], ordered = false): Answer | undefined {
  const found = answers.filter((answer) => answer.ok);
  const plain = found.filter((answer) => answer.match !== "mentioned" && answer.match !== "fuzzy");
  const candidates = plain.length > 0 ? plain : found;
  const last = candidates.at(-1);
  if (!last) return answers.at(-1);
  const values = candidates.map((answer) => valuesIn(answer, ordered));
  if (new Set(values).size === 1) return last;
  if (last.said) return { ok: false, reason: "ambiguous", detail: excerpt(values.join(" / ")) };
  return torn(new Set(candidates.flatMap((answer) => answer.chosen.map(({ option }) => option))));
}

function valuesIn({ chosen, said }: Answer & { ok: true }, ordered: boolean): string {
  if (said) return valueKey(said.value);
  const texts = chosen.map(({ option }) => option.text);
  return (ordered ? texts : texts.sort()).join(", ");
}
