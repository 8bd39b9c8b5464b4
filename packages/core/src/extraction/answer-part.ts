import { type Passage, trimmed } from "./answer.ts";
import type { Reply } from "./reading.ts";

/**
 * Most characters of a reply that are read, counted from the end of its answer, where the last word stands. It bounds
 * the time a reply can take.
 */
const longestRead = 32_768;

const thinkingTag =
  /[<[◁](\/?)(?:think|thinking|thought|thoughts|reasoning|reflection|scratchpad)[>\]▷]/giu;
const finalChannel = "<|channel|>final<|message|>";
const endMarks = /(?:\s*(?:<\|[a-z_]{1,20}\|>|<\/s>|<end_of_turn>))+\s*$/;
const openingFence = /^```[^\n`]{0,30}\n/;

/**
 * The part of a reply that answers: what stands after the last thinking block, without the code fence around it. A
 * block that is opened and never closed is thought to the end.
 */
export function answerPart({ text, finish }: Reply): Passage {
  const channel = text.lastIndexOf(finalChannel);
  let start = channel < 0 ? 0 : channel + finalChannel.length;
  let end = text.length;
  for (const match of text.matchAll(thinkingTag))
    if (match[1] === "/") {
      start = match.index + match[0].length;
      end = text.length;
    } else end = Math.min(end, match.index);
  start = Math.max(Math.min(start, end), end - longestRead);
  const cut = finish === "length" && end === text.length;
  return unfenced(withoutEndMarks(trimmed({ text, start, end, cut })));
}

/** Marks of the end that some servers leave in the text. */
function withoutEndMarks(passage: Passage): Passage {
  const tailStart = Math.max(passage.start, passage.end - 100);
  const marks = endMarks.exec(passage.text.slice(tailStart, passage.end));
  return marks ? { ...passage, end: tailStart + marks.index } : passage;
}

function unfenced(passage: Passage): Passage {
  const { text, start, end } = passage;
  const opening = openingFence.exec(text.slice(start, start + 40));
  if (!opening) return passage;
  const inner = start + opening[0].length;
  const closed = text.slice(inner, end).endsWith("```");
  const body = text.slice(inner, closed ? end - 3 : end);
  if (body.includes("```")) return passage;
  return trimmed({
    ...passage,
    start: inner,
    end: inner + body.length,
    cut: passage.cut && !closed,
  });
}
