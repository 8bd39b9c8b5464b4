import type { Label, NumberLabel } from "@countersign/core";
import { useRef, useState } from "react";
import { useCommands } from "../../command/commands.tsx";
import { Asked, Beside } from "./Asked.tsx";
import { type SingleView, unusableWords } from "./use-single.ts";
import styles from "./Written.module.css";

export interface NumberAnswerProps {
  readonly definition: NumberLabel;
  readonly label: Label;
  readonly single: SingleView;
}

const plain = /^[+-]?\d+(?:\.\d+)?$/;

/** A number is typed: its first digit goes into the field, wherever the focus is, and Enter saves it. */
export function NumberAnswer({ definition, label, single }: NumberAnswerProps) {
  const { suggested, chosen } = single.marks;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<string>();
  const type = (text: string) => {
    setTyped(text);
    const bare = text.trim().replace(",", ".");
    if (bare === "") single.reset();
    else single.change(plain.test(bare) ? Number(bare) : null);
  };
  const leave = () => {
    setTyped(undefined);
    single.reset();
    field.current?.blur();
  };
  useCommands("Give a number", [
    {
      what: "Type the number",
      keys: [..."0123456789-"],
      keysDrawn: "0–9",
      keyOnly: true,
      run: (key = "") => {
        type(key);
        field.current?.focus();
      },
    },
  ]);
  const shown = typed ?? String(chosen ?? suggested ?? "");
  const hand = typed !== undefined || chosen !== undefined ? "person" : "machine";
  return (
    <div className={styles.answer}>
      <Asked definition={definition} />
      <input
        ref={field}
        className={styles.number}
        data-hand={shown === "" ? "nobody" : hand}
        value={shown}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
          else if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            single.confirm();
          }
        }}
        inputMode="decimal"
        autoComplete="off"
        aria-label={definition.name}
        aria-invalid={single.unusable}
      />
      <Beside
        definition={definition}
        label={label}
        single={single}
        fault={single.unusable ? unusableWords(definition) : undefined}
      />
    </div>
  );
}
