import type { LabelDefinition } from "@countersign/core";
import { useMemo } from "react";
import { counted } from "../../format/number.ts";
import { wordsOf } from "../../label/words.ts";
import type { Act } from "./act.ts";
import { type Choice, decide } from "./decide.ts";
import type { Desk } from "./desk.ts";
import { undo } from "./undo.ts";
import { verdictOn } from "./verdict.ts";

/** What a person does to labels, in either view. */
export interface Acts {
  /** Takes the choices as one act. Tells in words what was done. */
  readonly judge: (choices: readonly Choice[]) => string;
  /** Takes the last act back; undefined where there is none. */
  readonly undo: () => Act | undefined;
}

export function useActs(desk: Desk, by: string, definition: LabelDefinition): Acts {
  return useMemo(
    () => ({
      judge(choices) {
        desk.session.update((session) => decide(session, choices, by, Date.now()));
        return inWords(choices, definition);
      },
      undo() {
        const done = undo(desk.session.get());
        if (done) desk.session.update(() => done.session);
        return done?.undone;
      },
    }),
    [desk, by, definition],
  );
}

function inWords(choices: readonly Choice[], definition: LabelDefinition): string {
  const [one, another] = choices;
  if (!one) return "";
  const confirms = choices.every(
    ({ label, value }) => verdictOn(label.value, value) === "CONFIRMS",
  );
  if (another) return `${confirms ? "confirmed" : "judged"} ${counted(choices.length, "label")}`;
  const words = wordsOf(definition, one.value);
  return confirms ? `confirmed ${words}` : `corrected to ${words}`;
}
