import { z } from "zod";

const TextPart = z.object({ type: z.string(), text: z.string() });
const OtherPart = z.object({ type: z.string() });

/** What a message holds, as all the providers write it: a text, or parts of which some are texts. */
export const Content = z.union([z.string(), z.array(z.union([TextPart, OtherPart]))]);
export type Content = z.infer<typeof Content>;

/** The text in a message; parts that are no text count for nothing. */
export const textOf = (content: Content | null | undefined): string =>
  typeof content === "string"
    ? content
    : (content ?? []).map((part) => ("text" in part ? part.text : "")).join("\n");
