import { segments } from "../../review/text/segments.ts";

export interface HighlightedProps {
  readonly text: string;
  readonly keyword: string | undefined;
}

/** A text as text, with a keyword's matches marked. */
export function Highlighted({ text, keyword }: HighlightedProps) {
  return segments(text, keyword).map((segment) =>
    segment.match ? <mark key={segment.at}>{segment.text}</mark> : segment.text,
  );
}
