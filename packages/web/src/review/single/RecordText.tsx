import { Box, UnstyledButton } from "@mantine/core";
import { type RefObject, useEffect, useState } from "react";
import { count } from "../../format/number.ts";
import { Highlighted } from "../../text/Highlighted.tsx";
import styles from "./RecordText.module.css";

/** So much of a text is drawn before somebody asks for all of it. */
const most = 100_000;

export interface RecordTextProps {
  readonly text: string;
  readonly keyword: string | undefined;
  /** Height of its place in lines. */
  readonly lines: number;
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
}

/** A record's text where the eye is, in its own direction. Longer than its place, it scrolls there. */
export function RecordText({ text, keyword, lines, scroller }: RecordTextProps) {
  const [whole, setWhole] = useState(false);
  const [below, setBelow] = useState(false);
  const shown = whole ? text : text.slice(0, most);

  const look = () => {
    const { current: box } = scroller;
    if (box) setBelow(box.scrollHeight - box.scrollTop - box.clientHeight > 8);
  };
  useEffect(look);

  return (
    <div className={styles.place}>
      <Box
        component="section"
        ref={scroller}
        className={styles.scroller}
        __vars={{ "--lines": String(lines) }}
        onScroll={look}
        tabIndex={0}
        aria-label="Record"
      >
        <div className={styles.text} dir="auto">
          <Highlighted text={shown} keyword={keyword} />
        </div>
        {shown.length < text.length && (
          <UnstyledButton className={styles.all} onClick={() => setWhole(true)}>
            Show {count(text.length - shown.length)} more characters
          </UnstyledButton>
        )}
      </Box>
      <div className={styles.more} aria-hidden="true">
        {below && (
          <>
            more below <kbd>J</kbd>
          </>
        )}
      </div>
    </div>
  );
}
