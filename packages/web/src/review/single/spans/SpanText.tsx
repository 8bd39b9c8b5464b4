import type { LabelDefinition, SpanValue } from "@countersign/core";
import { type CSSProperties, useEffect, useRef } from "react";
import { optionColour } from "../../../label/option-colour.ts";
import { optionOf } from "../../../label/value.ts";
import styles from "./Spans.module.css";
import { lanesOf, type Placed, segmentsOf } from "./segments.ts";
import type { Spans } from "./use-spans.ts";

export interface SpanTextProps {
  readonly text: string;
  readonly definition: LabelDefinition;
  readonly of: Spans;
}

/** Pixels that a lane takes beneath the words. */
const laneHeight = 6;

/**
 * A text with its spans as underlines in lanes: hollow where the machine drew them, filled where a person did. Words that
 * are dragged over are selected whole; a click takes the span beneath it.
 */
export function SpanText({ text, definition, of }: SpanTextProps) {
  const { spans, hand, taken, selected } = of;
  const place = useRef<HTMLSpanElement>(null);
  const lanes = lanesOf(spans);
  const deep = Math.max(0, ...lanes) + 1;
  /** The click that ends a drag takes nothing. */
  const dragged = useRef(false);
  const latest = useRef(of);
  useEffect(() => {
    latest.current = of;
  });
  useEffect(() => {
    // Let go outside the text, a selection that began in it still counts.
    const release = () => {
      const { current: box } = place;
      const range = box && selectedIn(box);
      if (!range) return;
      document.getSelection()?.removeAllRanges();
      dragged.current = true;
      latest.current.select(range);
    };
    const begin = () => {
      dragged.current = false;
    };
    document.addEventListener("pointerdown", begin);
    document.addEventListener("pointerup", release);
    return () => {
      document.removeEventListener("pointerdown", begin);
      document.removeEventListener("pointerup", release);
    };
  }, []);
  const cuts = selected ? [selected.start, selected.end] : [];
  return (
    <span
      ref={place}
      className={styles.text}
      style={{ lineHeight: `calc(var(--line-record) + ${(deep - 1) * laneHeight}px)` }}
    >
      {segmentsOf(text.length, spans, cuts).map((segment) => {
        const inSelection =
          selected !== undefined && segment.start >= selected.start && segment.end <= selected.end;
        const [top] = segment.spans;
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the list beneath holds every span as a button
          // biome-ignore lint/a11y/useKeyWithClickEvents: N takes by the keyboard what a click takes
          <span
            key={segment.start}
            data-start={segment.start}
            data-selected={inSelection || undefined}
            data-taken={(taken !== undefined && segment.spans.includes(taken)) || undefined}
            data-hand={top === undefined ? undefined : hand}
            style={linesOf(segment, lanes, spans, definition, hand, deep)}
            onClick={() => {
              if (!dragged.current && top !== undefined) of.take(nextOf(segment.spans, taken));
              dragged.current = false;
            }}
          >
            {text.slice(segment.start, segment.end)}
          </span>
        );
      })}
    </span>
  );
}

/** Of spans over one another each click takes the next. */
const nextOf = (over: readonly number[], taken: number | undefined): number | undefined =>
  over[(taken === undefined ? 0 : over.indexOf(taken) + 1) % over.length];

/** The underlines of a segment, each in its lane; the machine's are two thin lines, a person's is filled. */
function linesOf(
  { start, end, spans: over }: Placed & { readonly spans: readonly number[] },
  lanes: readonly number[],
  spans: readonly SpanValue[],
  definition: LabelDefinition,
  hand: Spans["hand"],
  deep: number,
): CSSProperties {
  if (over.length === 0) return {};
  const lines = over.flatMap((at) => {
    const span = spans[at];
    if (!span) return [];
    const { option, place } = optionOf(definition, String([span.value].flat()[0]));
    const colour = optionColour(place, option.colour);
    const hollow = `linear-gradient(${colour} 0 1px, transparent 1px 3px, ${colour} 3px 4px)`;
    return [
      {
        image: hand === "machine" ? hollow : `linear-gradient(${colour}, ${colour})`,
        size: `${span.end === end ? "calc(100% - 2px)" : "100%"} 4px`,
        position: `0 calc(100% - ${(deep - 1 - (lanes[at] ?? 0)) * laneHeight}px)`,
      },
    ];
  });
  return {
    paddingBlockEnd: deep * laneHeight,
    backgroundImage: lines.map(({ image }) => image).join(", "),
    backgroundSize: lines.map(({ size }) => size).join(", "),
    backgroundPosition: lines.map(({ position }) => position).join(", "),
    backgroundRepeat: "no-repeat",
    ...(start === end && { display: "none" }),
  };
}

/** What is selected within an element, as offsets of its text; undefined for nothing. */
function selectedIn(box: HTMLElement): Placed | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) && !box.contains(range.endContainer)) return undefined;
  const inside = document.createRange();
  inside.selectNodeContents(box);
  const before = (node: Node, offset: number): number => {
    if (!box.contains(node)) return node.compareDocumentPosition(box) & 4 ? 0 : lengthOf(inside);
    const upTo = document.createRange();
    upTo.selectNodeContents(box);
    upTo.setEnd(node, offset);
    return lengthOf(upTo);
  };
  const start = before(range.startContainer, range.startOffset);
  const end = before(range.endContainer, range.endOffset);
  return start < end ? { start, end } : undefined;
}

const lengthOf = (range: Range): number => range.toString().length;
