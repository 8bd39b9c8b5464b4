import { type RefObject, useState } from "react";
import styles from "./KeywordBox.module.css";

export interface KeywordBoxProps {
  readonly input: RefObject<HTMLInputElement | null>;
  readonly keyword: string | undefined;
  readonly onSearch: (keyword: string | undefined) => void;
}

/** Narrows to texts that contain a word or phrase. */
export function KeywordBox({ input, keyword, onSearch }: KeywordBoxProps) {
  const [typed, setTyped] = useState(keyword ?? "");
  return (
    <search className={styles.search}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          input.current?.blur();
          onSearch(typed.trim() || undefined);
        }}
      >
        <input
          ref={input}
          type="search"
          className={styles.input}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            if (event.currentTarget.value === "" && keyword !== undefined) onSearch(undefined);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape") input.current?.blur();
          }}
          placeholder="containing…"
          aria-label="Text contains"
          maxLength={1000}
        />
      </form>
    </search>
  );
}
