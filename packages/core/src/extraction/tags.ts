import type { Passage } from "./answer.ts";
import type { NamedAnswer } from "./lines.ts";
import type { Names } from "./names.ts";

const tag = /<([^<>/\s][^<>/]{0,199})>([^<]*)<\/([^<>]{1,200})>/gu;
const box = /\\boxed\{(?:\\text\{)?([^{}]*)\}/gu;

/** Answers between tags of their label's name (`<sentiment>positive</sentiment>`), and in LaTeX boxes. */
export function taggedAnswers(passage: Passage, names: Names): NamedAnswer[] {
  const { text, start, end } = passage;
  const written = text.slice(start, end);
  const between = (from: number, length: number): Passage => ({
    text,
    start: start + from,
    end: start + from + length,
    cut: false,
  });
  const tagged = [...written.matchAll(tag)].flatMap((match) => {
    const [, opening = "", content = "", closing = ""] = match;
    const head = opening.trim() === closing.trim() ? names.headOf(opening) : undefined;
    return head
      ? [{ head, answer: between(match.index + opening.length + 2, content.length) }]
      : [];
  });
  const boxed = [...written.matchAll(box)].map((match) => {
    const [whole, content = ""] = match;
    return {
      head: { label: undefined, final: true },
      answer: between(match.index + whole.indexOf(content, whole.indexOf("{")), content.length),
    };
  });
  return [...tagged, ...boxed];
}
