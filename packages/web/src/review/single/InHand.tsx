import type { Label, LabelDefinition } from "@countersign/core";
import { useElementSize } from "@mantine/hooks";
import { type ReactNode, useMemo, useRef } from "react";
import type { Item } from "../queue/item.ts";
import type { Desk } from "../session/desk.ts";
import { shown } from "../session/session.ts";
import { useSession } from "../session/use-session.ts";
import { Answer } from "./Answer.tsx";
import { KeyHints } from "./KeyHints.tsx";
import { RecordText } from "./RecordText.tsx";
import styles from "./Single.module.css";
import { SpansAnswer } from "./spans/SpansAnswer.tsx";
import { SpanText } from "./spans/SpanText.tsx";
import { useSpans } from "./spans/use-spans.ts";
import { textLines } from "./text-lines.ts";
import { type SingleActs, useSingle } from "./use-single.ts";

export interface InHandProps {
  readonly desk: Desk;
  readonly item: Item;
  readonly definition: LabelDefinition;
  /** In whose name is decided. */
  readonly by: string;
  /** The queue's first texts, by which the text's place is measured. */
  readonly sample: readonly string[];
  readonly keyword: string | undefined;
  readonly blind: boolean;
  readonly acts: SingleActs;
  /** What else is known, beside the record; `hidden`: what others say must not be seen yet. */
  readonly aside: (label: Label, hidden: boolean) => ReactNode;
}

/** Average width of a letter at the record's size, in pixels; an estimate is enough to measure the text's place by. */
const letterWidth = 9;
/** Letters a line, as the theme has them. */
const measure = 68;

/** One record with its options beneath it, wherever it comes from. */
export function InHand(props: InHandProps) {
  const { desk, item, definition, by, sample, keyword, blind, acts, aside } = props;
  const label = useSession(desk, (session) => shown(session, item.label));
  const scroller = useRef<HTMLElement>(null);
  const finder = useRef<HTMLInputElement>(null);
  const { ref, width } = useElementSize();
  const letters = Math.max(20, Math.min(measure, Math.floor(width / letterWidth)));
  const lines = useMemo(() => textLines(sample, letters), [sample, letters]);
  const hidden = blind && label.verified?.by !== by;
  const single = useSingle({ item, label, definition, hidden, blind, acts, scroller, finder });
  const isSpans = definition.level === "span";
  const { id, content } = item.record;
  const spans = useSpans(definition, content, id, single, acts.say);

  return (
    <div className={styles.single}>
      <div className={styles.main} ref={ref}>
        <RecordText
          key={item.record.id}
          record={item.record}
          keyword={keyword}
          lines={lines}
          {...(isSpans && {
            draw: (text: string) => <SpanText text={text} definition={definition} of={spans} />,
          })}
          scroller={scroller}
        />
        {isSpans ? (
          <SpansAnswer
            definition={definition}
            label={label}
            text={item.record.content}
            single={single}
            of={spans}
          />
        ) : (
          <Answer
            key={`answer ${item.record.id}`}
            definition={definition}
            label={label}
            single={single}
            finder={finder}
          />
        )}
        <KeyHints hints={single.hints} />
      </div>
      {aside(label, hidden)}
    </div>
  );
}
