import type { TextRecord } from "@countersign/core";
import { Box, UnstyledButton } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { count } from "../../format/number.ts";
import { Content } from "../../text/Content.tsx";
import styles from "./RecordText.module.css";

/** So much of a text is drawn before somebody asks for all of it. */
const most = 100_000;

export interface RecordTextProps {
  readonly record: Pick<TextRecord, "content" | "kind" | "turns">;
  readonly keyword: string | undefined;
  /** Height of its place in lines. */
  readonly lines: number;
  /** What draws the text in place of its plain words, as spans on it do. */
  readonly draw?: (text: string) => ReactNode;
  /** The element that scrolls. */
  readonly scroller: RefObject<HTMLElement | null>;
}

/** A record's text where the eye is, in its own direction. Longer than its place, it scrolls there. */
export function RecordText({ record, keyword, lines, draw, scroller }: RecordTextProps) {
  const [whole, setWhole] = useState(false);
  const [below, setBelow] = useState(false);
  const length = record.content.length;
  const cut = !whole && length > most;

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
          {draw ? (
            draw(cut ? record.content.slice(0, most) : record.content)
          ) : (
            <Content record={record} keyword={keyword} {...(cut && { most })} />
          )}
        </div>
        {cut && (
          <UnstyledButton className={styles.all} onClick={() => setWhole(true)}>
            Show {count(length - most)} more characters
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
