import type { Label, TextLabel } from "@countersign/core";
import { useRef, useState } from "react";
import { useCommands } from "../../command/commands.tsx";
import { count } from "../../format/number.ts";
import { Asked, Beside } from "./Asked.tsx";
import type { SingleView } from "./use-single.ts";
import styles from "./Written.module.css";

export interface TextAnswerProps {
  readonly definition: TextLabel;
  readonly label: Label;
  readonly single: SingleView;
}

/** A text is edited where it stands: E goes into it, Enter saves it, Shift and Enter break a line, Esc drops the change. */
export function TextAnswer({ definition, label, single }: TextAnswerProps) {
  const { suggested, chosen } = single.marks;
  const field = useRef<HTMLTextAreaElement>(null);
  const [typed, setTyped] = useState<string>();
  const type = (text: string) => {
    setTyped(text);
    single.change(text);
  };
  const leave = () => {
    setTyped(undefined);
    single.reset();
    field.current?.blur();
  };
  useCommands("Write a text", [
    { what: "Edit the text", keys: ["e"], run: () => field.current?.focus() },
  ]);
  const stood = String(chosen ?? suggested ?? "");
  const shown = typed ?? stood;
  const hand = typed !== undefined || chosen !== undefined ? "person" : "machine";
  const left = definition.maxLength - [...shown.trim()].length;
  const fault =
    typed === undefined || !single.unusable
      ? undefined
      : left < 0
        ? `${count(-left)} characters too many: ${count(definition.maxLength)} are allowed.`
        : "The text is still empty.";
  return (
    <div className={styles.answer}>
      <Asked definition={definition} />
      <textarea
        ref={field}
        className={styles.text}
        data-hand={shown === "" ? "nobody" : hand}
        value={shown}
        dir="auto"
        rows={Math.min(12, Math.max(2, shown.split("\n").length, Math.ceil(shown.length / 60)))}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === "Escape") leave();
          else if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            single.confirm();
          }
        }}
        aria-label={definition.name}
        aria-keyshortcuts="e"
        aria-invalid={single.unusable}
      />
      <p className={styles.hint}>
        <kbd>E</kbd> edit <kbd>⇧ ⏎</kbd> new line <kbd>Esc</kbd> drop the change
      </p>
      {(typed !== undefined || chosen !== undefined) && (
        <Beside definition={definition} label={label} single={single} fault={fault} />
      )}
    </div>
  );
}
