import type { TextLabel } from "../schema/schema.ts";
import type { Vocabulary } from "../schema/vocabulary.ts";
import { plainText } from "../text/plain-text.ts";
import { wordsOf } from "../text/words.ts";
import { type Answer, missed, type Passage, said, trimmed } from "./answer.ts";
import { readJson } from "./json.ts";
import type { Line } from "./lines.ts";
import { refuses } from "./refusal.ts";

/** A refusal stands at the beginning of a reply; further on the same words are part of a text. */
const refusalWithin = 12;

/** Takes a passage as the text itself; one that is longer than allowed is none, and never cut. */
export function readFreeText(definition: TextLabel, passage: Passage): Answer {
  const { text, start, end, cut } = trimmed(passage);
  if (cut) return missed("truncated", passage);
  return bounded(definition, unquoted(text.slice(start, end)), passage);
}

/** A text as JSON or a tag holds it. */
export function bounded(definition: TextLabel, written: string, passage: Passage): Answer {
  const { start, end } = trimmed(passage);
  const value = plainText(written);
  if (value === "") return missed("no-label", passage);
  if ([...value].length > definition.maxLength) return missed("too-long", passage);
  return said(value, [start, end], "exact");
}

/** What a JSON string says, where the passage is one, as our own prompts ask for texts with line breaks. */
function unquoted(written: string): string {
  if (!written.startsWith('"')) return written;
  const { value, complete, end } = readJson(written, 0, written.length);
  return complete && end === written.length && value?.kind === "scalar" ? value.text : written;
}

/** Takes the whole reply as the text, unless it begins by declining. */
export function readWholeText(definition: TextLabel, part: Passage): Answer {
  const words = wordsOf(part.text, undefined, part.start, Math.min(part.end, part.start + 400));
  if (refuses(words.slice(0, refusalWithin), () => false)) return missed("refusal", part);
  return readFreeText(definition, part);
}

/**
 * The texts that stand behind a label's name, each up to the name of another label. Where it is the only label, “answer”
 * and the like at the very beginning name it, too.
 */
export function namedTexts(
  label: Vocabulary,
  lines: readonly Line[],
  part: Passage,
  only: boolean,
): Passage[] {
  return lines.flatMap((line, index) => {
    const general = only && index === 0 && line.head && !line.head.label;
    if (line.head?.label !== label && !general) return [];
    const next = lines
      .slice(index + 1)
      .find(({ head }) => head?.label && (head.label !== label || !only));
    return [{ ...part, start: line.answer.start, end: next?.passage.start ?? part.end }];
  });
}
