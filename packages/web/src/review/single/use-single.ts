import {
  canonicalValue,
  kindWords,
  type Label,
  type LabelDefinition,
  type LabelValue,
} from "@countersign/core";
import { type RefObject, useState } from "react";
import { useCommands } from "../../command/commands.tsx";
import { answersOf, factOf, isChosenFrom, valuesOf } from "../../label/value.ts";
import { answerKey } from "../keys/option-keys.ts";
import type { Item } from "../queue/item.ts";
import { toggled } from "../session/verdict.ts";
import type { Hint } from "./KeyHints.tsx";
import type { Marks } from "./option-hand.ts";

/** What the single view lets a person do, beside choosing. */
export interface SingleActs {
  /** The value is the person's; on to the next record. */
  readonly decide: (item: Item, value: LabelValue) => void;
  /** On to the next record without a new verdict. */
  readonly keep: () => void;
  readonly skip: (item: Item) => void;
  readonly go: (by: 1 | -1) => void;
  readonly undo: () => void;
  /** Shows or hides what the machine says; left out where that is not the person's choice. */
  readonly blind?: (() => void) | undefined;
  /** On to the table; left out where there is none. */
  readonly table?: (() => void) | undefined;
  readonly say: (words: string) => void;
}

interface SingleState {
  readonly item: Item;
  readonly label: Label;
  readonly definition: LabelDefinition;
  /** What the machine said must not be seen yet. */
  readonly hidden: boolean;
  readonly blind: boolean;
  readonly acts: SingleActs;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly finder: RefObject<HTMLInputElement | null>;
}

export interface SingleView {
  readonly marks: Marks;
  readonly choose: (option: string) => void;
  /** The person's value, not saved yet; null where what is written is no value. */
  readonly change: (value: LabelValue | null) => void;
  /** Drops what is not saved. */
  readonly reset: () => void;
  readonly confirm: () => void;
  /** What is written is no value of the label. */
  readonly unusable: boolean;
  readonly hints: readonly Hint[];
}

/** How much of the text's place one key press scrolls. */
const scrollShare = 0.8;

/** What keys and clicks mean for the record in hand. */
export function useSingle(state: SingleState): SingleView {
  const { item, label, definition, hidden, blind, acts, scroller, finder } = state;
  const [draft, setDraft] = useState<{ record: number; value: LabelValue | null }>();
  const written = draft?.record === item.record.id ? draft.value : undefined;
  const drafted =
    written === undefined || written === null
      ? undefined
      : canonicalValue(definition, written, item.record.content);
  const unusable = written !== undefined && drafted === undefined;
  const chosen = drafted ?? (hidden ? undefined : label.verified?.value);
  const chooses = isChosenFrom(definition);
  const multiple = definition.kind === "multiple";
  const change = (value: LabelValue | null) => setDraft({ record: item.record.id, value });

  const choose = (option: string) => {
    if (!multiple) return acts.decide(item, factOf(definition, option));
    const from = chosen ?? (hidden ? [] : label.value);
    change(toggled(definition, valuesOf(from), option));
  };
  const confirm = () => {
    if (drafted !== undefined) acts.decide(item, drafted);
    else if (unusable) acts.say(unusableWords(definition));
    else if (hidden)
      acts.say(
        label.annotator.kind === "job" && label.annotator.job === null
          ? `Nothing is suggested: ${askedFor[definition.kind]}.`
          : `The suggestion is hidden: ${askedFor[definition.kind]}.`,
      );
    else if (label.verified) acts.keep();
    else acts.decide(item, label.value);
  };
  const scroll = (by: 1 | -1) => {
    const { current: box } = scroller;
    box?.scrollBy({ top: by * box.clientHeight * scrollShare });
  };
  const skip = () => acts.skip(item);

  const answers = chooses ? answersOf(definition) : [];
  const keyed = answers.flatMap((option, place) => {
    const key = answerKey(definition, option, place);
    return key ? [{ key, value: option.value }] : [];
  });
  const choosing = multiple ? "Choose options, then Enter" : "Choose an option";

  useCommands("Review one by one", [
    {
      what: chooses && !multiple ? "Confirm the suggestion" : "Save, or confirm the suggestion",
      keys: ["Enter"],
      run: confirm,
    },
    ...(keyed.length === 0
      ? []
      : [
          {
            what: choosing,
            keys: keyed.map(({ key }) => key),
            keysDrawn: `${keyed[0]?.key}–${keyed.at(-1)?.key}`,
            keyOnly: true,
            run: (pressed: string) => {
              const option = keyed.find(({ key }) => key === pressed);
              if (option) choose(option.value);
            },
          },
        ]),
    { what: "Skip this record", keys: ["Shift+Enter"], run: skip },
    { what: "The record before", keys: ["ArrowLeft", "Backspace"], run: () => acts.go(-1) },
    { what: "The record after", keys: ["ArrowRight"], run: () => acts.go(1) },
    { what: "Scroll the text", keys: ["j", "ArrowDown"], keyOnly: true, run: () => scroll(1) },
    { what: "Scroll it back", keys: ["k", "ArrowUp"], keyOnly: true, run: () => scroll(-1) },
    { what: "Undo the last decision", keys: ["u", "Mod+z"], run: acts.undo },
    ...(acts.blind
      ? [
          {
            what: blind ? "Show what the model says" : "Hide what the model says until decided",
            keys: ["b"],
            run: acts.blind,
          },
        ]
      : []),
    ...(acts.table ? [{ what: "See these labels as a table", keys: ["t"], run: acts.table }] : []),
    ...(chooses
      ? [{ what: "Find an option by name", keys: ["/"], run: () => finder.current?.focus() }]
      : []),
  ]);

  return {
    marks: { suggested: hidden ? undefined : label.value, chosen },
    choose,
    change,
    reset: () => setDraft(undefined),
    confirm,
    unusable,
    hints: [
      ...(hidden && drafted === undefined
        ? []
        : [{ keys: "Enter", does: inWords(multiple, drafted !== undefined, label), run: confirm }]),
      { keys: "Shift+Enter", does: "skip", run: skip },
      { keys: "ArrowLeft", does: "back", run: () => acts.go(-1) },
      ...(acts.blind ? [{ keys: "b", does: "blind", on: blind, run: acts.blind }] : []),
      ...(acts.table ? [{ keys: "t", does: "table", run: acts.table }] : []),
    ],
  };
}

/** What is to be done where the suggestion is hidden. */
const askedFor: Readonly<Record<LabelDefinition["kind"], string>> = {
  single: "choose an option",
  multiple: "choose an option",
  ranking: "put the options in order",
  number: "give a number",
  text: "write a text",
};

/** Why what is written cannot be saved. */
export const unusableWords = (definition: LabelDefinition): string =>
  `That is no ${kindWords(definition)}.`;

/** What Enter does now. */
function inWords(multiple: boolean, drafted: boolean, label: Label): string {
  if (drafted) return "save";
  if (label.verified) return "keep";
  return multiple ? "confirm all" : "confirm";
}
