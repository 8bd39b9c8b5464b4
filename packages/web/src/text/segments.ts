/** A stretch of text, and whether it is what was looked for. */
export interface Segment {
  readonly text: string;
  readonly match: boolean;
  /** Where it begins in the whole text. */
  readonly at: number;
}

/** Finds a keyword literally, without regard to case. */
export const keywordPattern = (keyword: string): RegExp =>
  new RegExp(keyword.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&"), "gi");

/** Cuts a text where a keyword is found, without regard to case. Joined again the segments are the text. */
export function segments(text: string, keyword: string | undefined): Segment[] {
  if (!keyword) return [{ text, match: false, at: 0 }];
  const cut: Segment[] = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(keywordPattern(keyword))) {
    if (index > end) cut.push({ text: text.slice(end, index), match: false, at: end });
    cut.push({ text: match, match: true, at: index });
    end = index + match.length;
  }
  if (end < text.length || cut.length === 0)
    cut.push({ text: text.slice(end), match: false, at: end });
  return cut;
}
