import { z } from "zod";

/** Words in a text. */
export const Keyword = z
  .strictObject({
    text: z.string().min(1).max(1000),
    caseSensitive: z.boolean().default(false),
    match: z.enum(["phrase", "all", "any"]).optional().meta({
      description:
        "The text as it stands (if left out), or all or any of its words, wherever they stand",
    }),
  })
  .meta({ id: "Keyword" });
export type Keyword = z.infer<typeof Keyword>;

/** Whether the words are in a text. */
export function hasKeyword(content: string, { text, caseSensitive, match }: Keyword): boolean {
  const cased = (one: string) => (caseSensitive ? one : one.toLowerCase());
  const has = (part: string) => cased(content).includes(cased(part));
  const parts = keywordParts(text, match);
  return match === "any" ? parts.some(has) : parts.every(has);
}

/** What of a keyword must stand in a text: itself, or its words; the text itself where it has none. */
export function keywordParts(text: string, match: Keyword["match"]): string[] {
  const words = match === undefined || match === "phrase" ? [] : text.split(/\s+/).filter(Boolean);
  return words.length > 0 ? words : [text];
}
