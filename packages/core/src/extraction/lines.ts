import type { Vocabulary } from "../schema/vocabulary.ts";
import type { Passage } from "./answer.ts";
import { type Head, longestHead, type Names } from "./names.ts";

/** A line of a reply that holds something. */
export interface Line {
  /** The whole line, bullets and all. */
  readonly passage: Passage;
  /** The line behind bullets, list numbers, quote marks and a ticked box. */
  readonly content: Passage;
  /** What the words before its colon name, where they name anything. */
  readonly head: Head | undefined;
  /** What stands after the name; without a name, the content. */
  readonly answer: Passage;
}

const lineBreak = /\r\n?|[\n\u2028\u2029]/gu;
const fence = /^\s*(?:```|~~~)[\p{L}\p{N}]*\s*$/u;
const bullets = /^(?:\s|[>*•·‣▪#|"'“<]|[-–—](?=\s)|\d+[.)](?=\s)|\[[xX]\]|[☑✅✔])*/u;

/** The lines of a passage that hold something, code fences left out, each with the name it begins with. */
export function linesOf(passage: Passage, names: Names): Line[] {
  const { text, start, end, cut } = passage;
  const lines: Line[] = [];
  let from = start;
  const add = (to: number): void => {
    const written = text.slice(from, to);
    if (/\S/u.test(written) && !fence.test(written))
      lines.push(lineOf({ text, start: from, end: to, cut: cut && to === end }, names));
  };
  for (const match of text.slice(start, end).matchAll(lineBreak)) {
    add(start + match.index);
    from = start + match.index + match[0].length;
  }
  add(end);
  return lines;
}

function lineOf(passage: Passage, names: Names): Line {
  const written = passage.text.slice(passage.start, passage.end);
  const content = { ...passage, start: passage.start + (bullets.exec(written)?.[0].length ?? 0) };
  const headed = headedBy(content, names);
  return { passage, content, head: headed?.head, answer: headed?.answer ?? content };
}

/** Marks that may stand between a name and its answer, tried in this order; each at its first place in the line. */
const marks: readonly RegExp[] = [
  /[:：]/u,
  /=>?|[|→⇒]|->/u,
  /\s[-–—]\s/u,
  /\s(?:is|are|was|es|est|ist|è|é|är|er|jest)\s|是|为|は/iu,
];

/** An answer given by name. */
export interface NamedAnswer {
  readonly head: Head;
  readonly answer: Passage;
}

/** Parts a passage into name and answer, where it begins with a name. */
function headedBy(content: Passage, names: Names): NamedAnswer | undefined {
  const { text, start, end } = content;
  const beginning = text.slice(start, Math.min(end, start + longestHead));
  for (const mark of marks) {
    const match = mark.exec(beginning);
    const head = match && names.headOf(beginning.slice(0, match.index));
    if (head) return { head, answer: { ...content, start: start + match.index + match[0].length } };
  }
  return undefined;
}

/**
 * The named answers of a reply, in order. Where nothing follows a name on its line, the answer stands below it: the next
 * line, or for a multiple choice the lines up to the next name or empty line.
 */
export function namedAnswers(
  lines: readonly Line[],
  names: Names,
  labels: readonly Vocabulary[],
): NamedAnswer[] {
  return lines.flatMap(({ head, answer }, index) => {
    if (!head) return [];
    if (/[^\s*_`"'“”]/u.test(answer.text.slice(answer.start, answer.end)))
      return labels.length > 1 ? splitAtNames({ head, answer }, names) : [{ head, answer }];
    const { kind } = (head.label ?? labels[0])?.definition ?? {};
    return [
      {
        head,
        answer: answerBelow(lines, index, kind === "multiple" || kind === "ranking") ?? answer,
      },
    ];
  });
}

function answerBelow(lines: readonly Line[], index: number, isList: boolean): Passage | undefined {
  const next = lines[index + 1];
  if (!next || next.head) return undefined;
  if (!isList) return next.content;
  let { passage } = next;
  for (const line of lines.slice(index + 2)) {
    if (
      line.head ||
      /[\n\r]\s*[\n\r]/.test(line.passage.text.slice(passage.end, line.passage.start))
    )
      break;
    passage = { ...line.passage, start: passage.start };
  }
  return passage;
}

/** Lines longer than this are running text and not several answers in a row. */
const longestRow = 2000;

/** Parts a line that goes on with another label's name: `sentiment: positive, topic: sport`. */
function splitAtNames(named: NamedAnswer, names: Names): NamedAnswer[] {
  const { head, answer } = named;
  const { text, start, end } = answer;
  const written = text.slice(start, end);
  if (written.length > longestRow || head.label?.exact.has(written.trim())) return [named];
  for (const boundary of written.matchAll(/[,;|.，；。、]\s*|\s(?:and|und|et|y|e)\s/giu)) {
    const rest = { ...answer, start: start + boundary.index + boundary[0].length };
    const next = headedBy(rest, names);
    if (next?.head.label)
      return [
        { head, answer: { ...answer, end: start + boundary.index, cut: false } },
        ...splitAtNames(next, names),
      ];
  }
  return [named];
}
