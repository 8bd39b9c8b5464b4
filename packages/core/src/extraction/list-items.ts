import { listSeparator } from "../prompt/reply.ts";
import type { ChoiceLabel } from "../schema/schema.ts";
import { type Passage, trimmed } from "./answer.ts";

const asAsked = { ",": /, /gu, ";": /; /gu, "|": /\| /gu, ">": / > /gu } as const;

/** The items of a list as our own prompts ask for it; `undefined` where no mark is free to part this label's options. */
export function itemsAsAsked(label: ChoiceLabel, passage: Passage): Passage[] | undefined {
  const separator = listSeparator(label);
  return separator && split(passage, asAsked[separator]);
}

/** Marks that part a list, the strongest first; a list is parted by the strongest it holds. */
const separators: readonly RegExp[] = [
  /[\n\r]+/gu,
  /[;；؛]/gu,
  /\|/gu,
  /[,，、،]/gu,
  /[>＞→⇒›]|->/gu,
  /\//gu,
];

/** The items of a list written in any usual way, those that are blank left out. */
export function itemsOf(passage: Passage): Passage[] {
  const written = passage.text.slice(passage.start, passage.end);
  const separator = separators.find((one) => written.search(one) >= 0);
  return (separator ? split(passage, separator) : [passage]).filter(({ text, start, end }) =>
    /\S/u.test(text.slice(start, end)),
  );
}

function split(passage: Passage, separator: RegExp): Passage[] {
  const written = passage.text.slice(passage.start, passage.end);
  const items: Passage[] = [];
  let { start } = passage;
  for (const match of written.matchAll(separator)) {
    items.push({ ...passage, start, end: passage.start + match.index });
    start = passage.start + match.index + match[0].length;
  }
  return [...items, { ...passage, start }];
}

const bullet = /^[\s>*•·‣▪–—-]*(?:\d+[.)]\s+)?(?:(?:and|&|\+)\s+)?/u;

/** An item without the bullet, number or “and” before it. */
export function withoutBullet(passage: Passage): Passage {
  const written = passage.text.slice(passage.start, passage.end);
  return { ...passage, start: passage.start + (bullet.exec(written)?.[0].length ?? 0) };
}

/** What stands between brackets, if the passage is between brackets. */
export function withoutBrackets(passage: Passage): Passage {
  const { text, start, end } = passage;
  const closing = { "[": "]", "(": ")", "{": "}" }[text.charAt(start)];
  return closing !== undefined && text.charAt(end - 1) === closing && end - start >= 2
    ? trimmed({ ...passage, start: start + 1, end: end - 1 })
    : passage;
}
