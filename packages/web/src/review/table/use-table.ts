import type { LabelValue } from "@countersign/core";
import { useRef } from "react";
import { useCommands } from "../../command/commands.tsx";
import { answersOf, factOf, isChosenFrom, valuesOf } from "../../label/value.ts";
import { answerKey } from "../keys/option-keys.ts";
import type { Item } from "../queue/item.ts";
import type { Queue } from "../queue/use-queue.ts";
import type { Desk } from "../session/desk.ts";
import { shown } from "../session/session.ts";
import { toggled } from "../session/verdict.ts";
import type { Subject } from "../use-subject.ts";
import { noSelection, type Selection, selectionOf, withRange, withToggled } from "./selection.ts";
import type { TableActs } from "./Table.tsx";

interface TableState {
  readonly subject: Subject;
  readonly desk: Desk;
  readonly queue: Queue;
  /** The row in hand. */
  readonly place: number | undefined;
  readonly selection: Selection;
  readonly acts: TableActs;
  /** Rows that fit on the screen. */
  readonly page: () => number;
  readonly onOpen: (item: Item, open: boolean) => void;
}

export interface TableView {
  readonly confirm: (item: Item) => void;
  readonly choose: (item: Item, option: string) => void;
  readonly confirmSelected: () => void;
  readonly correctSelected: (option: string) => void;
  /** @param extend over all rows from the one in hand */
  readonly select: (place: number, extend: boolean) => void;
  /** The row is in hand; a later extension starts from it. */
  readonly take: (place: number) => void;
}

/** What keys and clicks mean in the table. */
export function useTable(state: TableState): TableView {
  const { subject, desk, queue, place, selection, acts, page, onOpen } = state;
  const { definition } = subject.reviewed;
  const multiple = definition.kind === "multiple";
  /** Where a range began, and what was selected before it. */
  const anchor = useRef<{ place: number; before: Selection }>(undefined);
  const item = place === undefined ? undefined : queue.items[place];
  const now = (of: Item) => shown(desk.session.get(), of.label);

  const take = (to: number) => {
    if (to === place) return;
    anchor.current = undefined;
    const there = queue.items[to];
    if (there) acts.take(there.record.id);
  };
  const clamp = (to: number) => Math.max(0, Math.min(to, queue.items.length - 1));
  const extendTo = (to: number) => {
    const from = anchor.current ?? { place: place ?? 0, before: selection };
    anchor.current = from;
    acts.select(withRange(from.before, queue.items, from.place, to));
    const there = queue.items[to];
    if (there) acts.take(there.record.id);
  };
  const move = (to: number, extend: boolean) => (extend ? extendTo(clamp(to)) : take(clamp(to)));
  const by = (rows: number, extend: boolean) => () => move((place ?? 0) + rows, extend);

  const decide = (of: Item, value: LabelValue) =>
    acts.judge([{ record: of.record.id, key: of.record.key, label: of.label, value }]);
  const confirm = (of: Item) => decide(of, of.label.value);
  const choose = (of: Item, option: string) => {
    const { verified, value } = now(of);
    decide(
      of,
      multiple
        ? toggled(definition, valuesOf(verified?.value ?? value), option)
        : factOf(definition, option),
    );
  };
  const onward = () => place !== undefined && take(clamp(place + 1));
  const confirmSelected = () => {
    const session = desk.session.get();
    acts.judge(
      [...selection.values()]
        .filter(({ label }) => shown(session, label).status === "unverified")
        .map((one) => ({ ...one, value: one.label.value })),
    );
    acts.select(noSelection);
  };
  const correctSelected = (option: string) => {
    acts.judge(
      [...selection.values()].map((one) => ({ ...one, value: factOf(definition, option) })),
    );
    acts.select(noSelection);
  };
  const some = selection.size > 0;

  const answers = isChosenFrom(definition) ? answersOf(definition) : [];
  const keyed = answers.flatMap((option, at) => {
    const key = answerKey(definition, option, at);
    return key ? [{ key, value: option.value }] : [];
  });

  useCommands("Review in the table", [
    {
      what: some ? "Confirm the selected" : "Confirm the row",
      keys: ["Enter"],
      run: () => {
        if (some) confirmSelected();
        else if (item) {
          if (!now(item).verified) confirm(item);
          onward();
        }
      },
    },
    ...(keyed.length === 0
      ? []
      : [
          {
            what: multiple
              ? "Switch an option"
              : some
                ? "Correct the selected"
                : "Choose an option",
            keys: keyed.map(({ key }) => key),
            keysDrawn: `${keyed[0]?.key}–${keyed.at(-1)?.key}`,
            keyOnly: true,
            run: (pressed: string) => {
              const option = keyed.find(({ key }) => key === pressed)?.value;
              if (option === undefined) return;
              if (some && !multiple) correctSelected(option);
              else if (item) {
                choose(item, option);
                if (!multiple) onward();
              }
            },
          },
        ]),
    { what: "Next row", keys: ["ArrowDown", "j"], keyOnly: true, run: by(1, false) },
    { what: "Row before", keys: ["ArrowUp", "k"], keyOnly: true, run: by(-1, false) },
    { what: "Select down", keys: ["Shift+ArrowDown", "Shift+j"], keyOnly: true, run: by(1, true) },
    { what: "Select up", keys: ["Shift+ArrowUp", "Shift+k"], keyOnly: true, run: by(-1, true) },
    { what: "A page down", keys: ["PageDown"], keyOnly: true, run: () => by(page(), false)() },
    { what: "A page up", keys: ["PageUp"], keyOnly: true, run: () => by(-page(), false)() },
    { what: "First row", keys: ["Home"], keyOnly: true, run: () => move(0, false) },
    { what: "Last row", keys: ["End"], keyOnly: true, run: () => move(queue.items.length, false) },
    {
      what: "Select the row",
      keys: [" "],
      keyOnly: true,
      run: () => item && acts.select(withToggled(selection, item)),
    },
    {
      what: "Select all loaded rows",
      keys: ["Mod+a"],
      run: () => acts.select(selectionOf(queue.items)),
    },
    { what: "Clear the selection", keys: ["Escape"], run: () => acts.select(noSelection) },
    {
      what: "Unfold the text",
      keys: ["ArrowRight"],
      keyOnly: true,
      run: () => item && onOpen(item, true),
    },
    { what: "Fold it", keys: ["ArrowLeft"], keyOnly: true, run: () => item && onOpen(item, false) },
    { what: "Undo the last decision", keys: ["u", "Mod+z"], run: acts.undo },
    { what: "Review one by one from here", keys: ["s", "t"], run: () => item && acts.single(item) },
    { what: "Find a word in the texts", keys: ["/"], run: acts.find },
  ]);

  return {
    confirm,
    choose,
    confirmSelected,
    correctSelected,
    take,
    select(at, extend) {
      const there = queue.items[at];
      if (extend) extendTo(at);
      else if (there) {
        take(at);
        acts.select(withToggled(selection, there));
      }
    },
  };
}
