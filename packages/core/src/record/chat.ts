import type { ChatTurn } from "./record.ts";

/** A conversation as one text, as search and prompts see it: each turn under its speaker's name. */
export const chatAsText = (turns: readonly ChatTurn[]): string =>
  turns.map(({ role, content }) => `${role}: ${content}`).join("\n\n");

/**
 * Reads a conversation from a JSON value: a list of turns, each with who speaks (`role`, or `from`, `speaker`, `author`)
 * and what is said (`content`, or `value`, `text`). A content may be a list of parts, whose texts are joined.
 * `undefined` where the value is no such list, or nothing is said in it.
 */
export function readChat(value: unknown): ChatTurn[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const turns: ChatTurn[] = [];
  for (const item of value) {
    const turn = readTurn(item);
    if (!turn) return undefined;
    turns.push(turn);
  }
  return turns.some(({ content }) => content.trim() !== "") ? turns : undefined;
}

const speakers = ["role", "from", "speaker", "author"];
const sayings = ["content", "value", "text"];

function readTurn(item: unknown): ChatTurn | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(item));
  const first = (names: readonly string[]) =>
    names.map((name) => fields.get(name)).find((field) => field !== undefined && field !== null);
  const role = first(speakers);
  const content = textIn(first(sayings) ?? "");
  return typeof role === "string" && role.trim() !== "" && content !== undefined
    ? { role, content }
    : undefined;
}

function textIn(content: unknown): string | undefined {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return undefined;
  const texts = content.map((part: unknown) => {
    if (typeof part === "string") return part;
    if (typeof part !== "object" || part === null) return undefined;
    const { text, type } = part as { text?: unknown; type?: unknown };
    if (typeof text === "string") return text;
    return typeof type === "string" ? `[${type}]` : undefined;
  });
  return texts.every((text) => text !== undefined) ? texts.join("\n") : undefined;
}
