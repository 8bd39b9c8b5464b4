import type { Label, LabelDefinition, LabelValue } from "@countersign/core";
import { type RefObject, useState } from "react";
import { useCommands } from "../../command/commands.tsx";
import { valuesOf } from "../../label/value.ts";
import { optionKey } from "../keys/option-keys.ts";
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
  readonly blind: () => void;
  readonly table: () => void;
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
  readonly hints: readonly Hint[];
}

/** How much of the text's place one key press scrolls. */
const scrollShare = 0.8;

/** What keys and clicks mean for the record in hand. */
export function useSingle(state: SingleState): SingleView {
  const { item, label, definition, hidden, blind, acts, scroller, finder } = state;
  const [draft, setDraft] = useState<{ record: number; value: readonly string[] }>();
  const drafted = draft?.record === item.record.id ? draft.value : undefined;
  const chosen = drafted ? [...drafted] : hidden ? undefined : label.verified?.value;
  const multiple = definition.kind === "multiple";

  const choose = (option: string) => {
    if (!multiple) return acts.decide(item, option);
    const from = chosen ?? (hidden ? [] : label.value);
    setDraft({ record: item.record.id, value: toggled(definition, valuesOf(from), option) });
  };
  const confirm = () => {
    if (drafted) acts.decide(item, [...drafted]);
    else if (hidden) acts.say("The suggestion is hidden: choose an option.");
    else if (label.verified) acts.keep();
    else acts.decide(item, label.value);
  };
  const scroll = (by: 1 | -1) => {
    const { current: box } = scroller;
    box?.scrollBy({ top: by * box.clientHeight * scrollShare });
  };
  const skip = () => acts.skip(item);

  const keyed = definition.options.flatMap(({ value }, place) => {
    const key = optionKey(place);
    return key ? [{ key, value }] : [];
  });
  const last = keyed.at(-1)?.key;
  const choosing = multiple ? "Choose options, then Enter" : "Choose an option";

  useCommands("Review one by one", [
    {
      what: multiple ? "Save the options" : "Confirm the suggestion",
      keys: ["Enter"],
      run: confirm,
    },
    {
      what: choosing,
      keys: keyed.map(({ key }) => key),
      keysDrawn: `1–${last}`,
      keyOnly: true,
      run: (pressed) => {
        const option = keyed.find(({ key }) => key === pressed);
        if (option) choose(option.value);
      },
    },
    { what: "Skip this record", keys: ["Shift+Enter"], run: skip },
    { what: "The record before", keys: ["ArrowLeft", "Backspace"], run: () => acts.go(-1) },
    { what: "The record after", keys: ["ArrowRight"], run: () => acts.go(1) },
    { what: "Scroll the text", keys: ["j", "ArrowDown"], keyOnly: true, run: () => scroll(1) },
    { what: "Scroll it back", keys: ["k", "ArrowUp"], keyOnly: true, run: () => scroll(-1) },
    { what: "Undo the last decision", keys: ["u", "Mod+z"], run: acts.undo },
    {
      what: blind ? "Show what the model says" : "Hide what the model says until decided",
      keys: ["b"],
      run: acts.blind,
    },
    { what: "See these labels as a table", keys: ["t"], run: acts.table },
    { what: "Find an option by name", keys: ["/"], run: () => finder.current?.focus() },
  ]);

  return {
    marks: { suggested: hidden ? undefined : label.value, chosen },
    choose,
    hints: [
      ...(hidden && !drafted
        ? []
        : [{ keys: "Enter", does: inWords(multiple, drafted !== undefined, label), run: confirm }]),
      { keys: "Shift+Enter", does: "skip", run: skip },
      { keys: "ArrowLeft", does: "back", run: () => acts.go(-1) },
      { keys: "b", does: "blind", on: blind, run: acts.blind },
      { keys: "t", does: "table", run: acts.table },
    ],
  };
}

/** What Enter does now. */
function inWords(multiple: boolean, drafted: boolean, label: Label): string {
  if (drafted) return "save";
  if (label.verified) return "keep";
  return multiple ? "confirm all" : "confirm";
}
