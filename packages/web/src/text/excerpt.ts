import { keywordPattern } from "./segments.ts";

/** So many characters before the first match stay in view. */
const lead = 32;

/**
 * One line of a text: white space runs together, and where a keyword's first match lies far in, the line begins
 * shortly before it, at a word. Long texts are cut: no more than `most` characters are given.
 */
export function excerpt(text: string, keyword: string | undefined, most = 400): string {
  const match = keyword ? text.search(keywordPattern(keyword)) : -1;
  const start = match > 2 * lead ? beginning(text, match - lead) : 0;
  const line = text
    .slice(start, start + 2 * most)
    .replace(/\s+/g, " ")
    .trim();
  return start > 0 ? `… ${cut(line, most)}` : cut(line, most);
}

/** The next word's beginning, so that no word is cut in two. */
function beginning(text: string, from: number): number {
  const space = text.slice(from, from + lead).search(/\s/);
  return space < 0 ? from : from + space + 1;
}

/** Cuts between characters as people see them, not within one. */
function cut(line: string, most: number): string {
  if (line.length <= most) return line;
  const end = line.codePointAt(most - 1);
  return line.slice(0, end !== undefined && end > 0xffff ? most - 1 : most);
}
