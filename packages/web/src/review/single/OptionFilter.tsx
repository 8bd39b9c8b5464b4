import type { Option } from "@countersign/core";
import type { RefObject } from "react";
import styles from "./OptionFilter.module.css";

export interface OptionFilterProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly typed: string;
  readonly found: readonly Option[];
  readonly onType: (typed: string) => void;
  readonly onChoose: (option: string) => void;
}

/** Finds one among many options by name: type, then Enter takes the first. */
export function OptionFilter({ input, typed, found, onType, onChoose }: OptionFilterProps) {
  const [first] = found;
  const leave = () => {
    onType("");
    input.current?.blur();
  };
  return (
    <div className={styles.filter}>
      <input
        ref={input}
        className={styles.input}
        value={typed}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") leave();
          else if (event.key === "Enter" && typed && first) {
            event.preventDefault();
            leave();
            onChoose(first.value);
          }
        }}
        placeholder="Find an option"
        aria-label="Find an option"
        aria-keyshortcuts="/"
        autoComplete="off"
      />
      <span className={styles.hint} aria-live="polite">
        {typed === "" ? <kbd>/</kbd> : first ? `⏎ ${first.text}` : "no such option"}
      </span>
    </div>
  );
}
