import type { PromptTemplate } from "../agent/agent.ts";
import type { Problem } from "../problem.ts";
import { err, ok, type Result } from "../result.ts";
import { examplesPart } from "./examples.ts";

/** What fills a prompt's slots: `text` the slot `{{text}}`, the columns the slots of their names. */
export interface PromptInput {
  readonly text: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** A prompt as it is sent. */
export interface Prompt {
  readonly system?: string;
  readonly user: string;
}

type Part = { readonly literal: string } | { readonly slot: string };

/** A template taken apart, to be rendered for any number of records. */
export interface ParsedTemplate {
  readonly system: readonly Part[] | undefined;
  readonly user: readonly Part[];
}

/** The slot of the record's own text. A column of that name cannot be reached. */
const textSlot = "text";

/**
 * Takes a template apart, its examples at the end of the system part; they stand for themselves. A slot is `{{name}}`, white space inside the braces dropped; `\{{` is a literal `{{`; braces
 * that do not close are literal.
 */
export const parseTemplate = (template: PromptTemplate): ParsedTemplate => ({
  system: systemParts(template),
  user: partsOf(template.user),
});

function systemParts({ system, examples = [] }: PromptTemplate): Part[] | undefined {
  const parts = system === undefined ? [] : partsOf(system);
  if (examples.length > 0)
    parts.push({ literal: `${system === undefined ? "" : "\n\n"}${examplesPart(examples)}` });
  return parts.length === 0 ? undefined : parts;
}

/** Writes a text so that, put into a template, it stands for itself: none of it is read as a slot. */
export const literally = (text: string): string => text.replaceAll("{{", "\\{{");

const slotOrEscape = /\\\{\{|\{\{([^{}]+)\}\}/g;

function partsOf(written: string): Part[] {
  const parts: Part[] = [];
  let literal = "";
  let parsed = 0;
  for (const match of written.matchAll(slotOrEscape)) {
    literal += written.slice(parsed, match.index);
    parsed = match.index + match[0].length;
    const slot = match[1];
    if (slot === undefined) literal += "{{";
    else {
      parts.push({ literal }, { slot: slot.trim() });
      literal = "";
    }
  }
  parts.push({ literal: literal + written.slice(parsed) });
  return parts;
}

/**
 * A template that can be rendered for every record with these columns, taken apart. It is refused where the record's
 * text has no place in it, or where a slot is neither the text nor a column.
 */
export function checkTemplate(
  template: PromptTemplate,
  columns: readonly string[],
): Result<ParsedTemplate, Problem<"agent-invalid">> {
  const parsed = parseTemplate(template);
  const slots = [...(parsed.system ?? []), ...parsed.user].flatMap((part) =>
    "slot" in part ? [part.slot] : [],
  );
  const known = new Set([textSlot, ...columns]);
  const unknown = slots.find((slot) => !known.has(slot));
  if (unknown !== undefined)
    return err({
      type: "agent-invalid",
      what: `The prompt has a slot {{${unknown}}}, and the records have no column of that name.`,
      next: `Use {{text}}${columns.length > 0 ? ` or a column: ${named(columns)}` : ""}; write \\{{ where braces are meant as such.`,
    });
  if (!slots.includes(textSlot))
    return err({
      type: "agent-invalid",
      what: "The prompt has no place for the record's text.",
      next: "Put {{text}} where the text is to stand.",
    });
  return ok(parsed);
}

const named = (columns: readonly string[]): string =>
  columns
    .slice(0, 10)
    .map((column) => `{{${column}}}`)
    .join(", ") + (columns.length > 10 ? ", …" : "");

/**
 * Fills each slot once, by its place: what is filled in is never read again, so nothing in a record can act as a slot
 * or as an instruction to the renderer. A column the record lacks is filled with nothing.
 */
export const renderPrompt = (template: ParsedTemplate, input: PromptInput): Prompt => ({
  ...(template.system && { system: filled(template.system, input) }),
  user: filled(template.user, input),
});

function filled(parts: readonly Part[], input: PromptInput): string {
  let text = "";
  for (const part of parts)
    if ("literal" in part) text += part.literal;
    else if (part.slot === textSlot) text += input.text;
    else if (Object.hasOwn(input.columns, part.slot)) text += input.columns[part.slot] ?? "";
  return text;
}
