/** A place of so many lines still leaves text and options in one glance. */
const glance = 8;

/**
 * How many lines the text's place needs so that all texts fit whole, or, where the longest is too long for one glance,
 * 19 of 20: given once to a queue, so that what stands beneath does not move between records. Longer texts scroll in it.
 *
 * @param measure characters a line
 */
export function textLines(texts: readonly string[], measure: number): number {
  const lines = texts
    .map((text) =>
      text
        .split("\n")
        .reduce((sum, paragraph) => sum + Math.max(1, Math.ceil(paragraph.length / measure)), 0),
    )
    .sort((a, b) => a - b);
  const longest = lines.at(-1) ?? 1;
  return longest <= glance ? longest : (lines[Math.floor((lines.length - 1) * 0.95)] ?? 1);
}
