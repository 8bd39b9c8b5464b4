import {
  type LabelDefinition,
  type Option,
  onScale,
  optionsOf,
  ratingOf,
  type SpanValue,
} from "@countersign/core";
import { type RefObject, useMemo, useRef, useState } from "react";
import { useCommands } from "../../../command/commands.tsx";
import { answersOf, factOf, spansOf } from "../../../label/value.ts";
import type { SingleView } from "../use-single.ts";
import type { Placed } from "./segments.ts";
import { snapped, withEnd, withStart, wordAfter, wordBefore, wordsIn } from "./text-words.ts";

/** Spans while they are made. */
export interface Spans {
  readonly spans: readonly SpanValue[];
  readonly hand: "machine" | "person";
  /** Place of the span in hand. */
  readonly taken: number | undefined;
  /** Words that are chosen and no span yet. */
  readonly selected: Placed | undefined;
  readonly answers: readonly Option[];
  /** What is said of spans is written, not chosen. */
  readonly written: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly select: (selection: Placed | undefined) => void;
  readonly take: (place: number | undefined) => void;
  readonly assign: (answer: string) => void;
  readonly remove: (place: number) => void;
}

/** Digits alone choose options here: letters move words. */
const digits = 9;

/** What keys and clicks mean for the spans of the record in hand. */
export function useSpans(
  definition: LabelDefinition,
  text: string,
  record: number,
  single: SingleView,
  say: (words: string) => void,
): Spans {
  const { suggested, chosen } = single.marks;
  const spans = spansOf(chosen ?? suggested);
  const words = useMemo(() => wordsIn(text), [text]);
  const [held, setHeld] = useState<{
    record: number;
    taken?: SpanValue | undefined;
    selected?: Placed | undefined;
  }>({ record });
  const field = useRef<HTMLInputElement>(null);
  const now = held.record === record ? held : { record };
  const found = spans.findIndex((span) => now.taken && sameSpan(span, now.taken));
  const taken = found < 0 ? undefined : found;
  const { selected } = now;
  const answers = answersOf(definition);
  const written = answers.length === 0;

  const quote = ({ start, end }: Placed) => `“${text.slice(start, end)}”`;
  const hold = (to: { taken?: SpanValue | undefined; selected?: Placed | undefined }) =>
    setHeld({ record, ...to });
  const put = (next: readonly SpanValue[], inHand: SpanValue | undefined) => {
    single.change([...next].sort((a, b) => a.start - b.start || a.end - b.end));
    hold({ taken: inHand });
  };
  const replace = (place: number, span: SpanValue) => {
    if (spans.some((other, at) => at !== place && sameSpan(other, span))) return;
    put(spans.toSpliced(place, 1, span), span);
  };
  const select = (selection: Placed | undefined) => {
    const whole = selection && snapped(text, words, selection);
    hold({ selected: whole });
    if (whole) say(`selected ${quote(whole)}`);
  };
  const take = (place: number | undefined) => {
    const span = place === undefined ? undefined : spans[place];
    hold({ taken: span });
    if (span) say(`${quote(span)}: ${[span.value].flat().join(", ")}`);
  };
  const assign = (answer: string) => {
    const fact =
      written && definition.kind === "number"
        ? numberIn(definition, answer)
        : factOf(definition, answer);
    if (fact === undefined) return say("That is no number of the scale.");
    if (taken !== undefined && spans[taken]) {
      const span = spans[taken];
      const value = definition.kind === "multiple" ? toggledIn(definition, span, answer) : fact;
      replace(taken, { ...span, value });
    } else if (selected) {
      const span = { ...selected, value: definition.kind === "multiple" ? [answer] : fact };
      if (!spans.some((other) => sameSpan(other, span))) put([...spans, span], span);
    } else say("Select words first, by the mouse or with L and H.");
  };
  const remove = (place: number) => put(spans.toSpliced(place, 1), undefined);
  const step = (by: 1 | -1) => {
    const from = selected ?? (taken === undefined ? undefined : spans[taken]);
    const word = !from
      ? words[0]
      : by === 1
        ? wordAfter(words, from.end)
        : wordBefore(words, from.start);
    if (word) hold({ selected: word });
    if (word) say(quote(word));
  };
  const stretch = (change: (span: Placed) => Placed) => {
    if (taken !== undefined && spans[taken]) {
      const span = spans[taken];
      replace(taken, { ...span, ...change(span) });
    } else if (selected) {
      const next = change(selected);
      hold({ selected: next });
      say(quote(next));
    }
  };
  const next = (by: 1 | -1) => {
    if (spans.length === 0) return;
    take(((taken ?? (by === 1 ? -1 : 0)) + by + spans.length) % spans.length);
  };

  const isSpans = definition.level === "span";
  const rating = ratingOf(definition);
  const keyed = isSpans
    ? answers.slice(0, rating ? undefined : digits).map(({ value }, place) => ({
        key: rating ? value : String(place + 1),
        value,
      }))
    : [];
  useCommands(
    "Mark passages",
    !isSpans
      ? []
      : [
          ...(keyed.length === 0
            ? []
            : [
                {
                  what: "Give the selected words, or the passage in hand, an option",
                  keys: keyed.map(({ key }) => key),
                  keysDrawn: `${keyed[0]?.key}–${keyed.at(-1)?.key}`,
                  keyOnly: true,
                  run: (pressed: string) => {
                    const answer = keyed.find(({ key }) => key === pressed);
                    if (answer) assign(answer.value);
                  },
                },
              ]),
          ...(written
            ? [{ what: "Write what is said of it", keys: ["e"], run: () => field.current?.focus() }]
            : []),
          { what: "Select the next word", keys: ["l"], keyOnly: true, run: () => step(1) },
          { what: "Select the word before", keys: ["h"], keyOnly: true, run: () => step(-1) },
          {
            what: "One word more",
            keys: ["Shift+l"],
            keyOnly: true,
            run: () => stretch((span) => withEnd(words, span, 1)),
          },
          {
            what: "One word less",
            keys: ["Shift+h"],
            keyOnly: true,
            run: () => stretch((span) => withEnd(words, span, -1)),
          },
          {
            what: "Begin a word later",
            keys: ["Alt+l"],
            keyOnly: true,
            run: () => stretch((span) => withStart(words, span, 1)),
          },
          {
            what: "Begin a word earlier",
            keys: ["Alt+h"],
            keyOnly: true,
            run: () => stretch((span) => withStart(words, span, -1)),
          },
          { what: "The next passage", keys: ["n"], keyOnly: true, run: () => next(1) },
          { what: "The passage before", keys: ["Shift+n"], keyOnly: true, run: () => next(-1) },
          {
            what: "Remove the passage in hand",
            keys: ["x", "Delete"],
            keyOnly: true,
            run: () => taken !== undefined && remove(taken),
          },
          {
            what: "Let go; again, drop the changes",
            keys: ["Escape"],
            run: () => {
              if (selected || taken !== undefined) hold({});
              else single.reset();
            },
          },
        ],
  );

  return {
    spans,
    hand: chosen !== undefined ? "person" : "machine",
    taken,
    selected,
    answers,
    written,
    field,
    select,
    take,
    assign,
    remove,
  };
}

const sameSpan = (a: SpanValue, b: SpanValue): boolean =>
  a.start === b.start && a.end === b.end && JSON.stringify(a.value) === JSON.stringify(b.value);

/** A span's options with one added or taken away, in schema order; the last one stays. */
function toggledIn(definition: LabelDefinition, { value }: SpanValue, option: string): string[] {
  const has = new Set([value].flat().map(String));
  if (!has.delete(option)) has.add(option);
  if (has.size === 0) has.add(option);
  return optionsOf(definition)
    .map((one) => one.value)
    .filter((one) => has.has(one));
}

const numberIn = (definition: LabelDefinition, typed: string): number | undefined => {
  const bare = typed.trim().replace(",", ".");
  return definition.kind === "number" && /^[+-]?\d+(?:\.\d+)?$/.test(bare)
    ? onScale(definition, Number(bare))
    : undefined;
};
