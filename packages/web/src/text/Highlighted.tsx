import { segments } from "./segments.ts";

export interface HighlightedProps {
  readonly text: string;
  readonly keyword: string | undefined;
}

/** A text with a keyword marked. Whatever the text holds, it is shown and never interpreted. */
export function Highlighted({ text, keyword }: HighlightedProps) {
  return segments(text, keyword).map(({ text, match, at }) =>
    match ? <mark key={at}>{text}</mark> : text,
  );
}
