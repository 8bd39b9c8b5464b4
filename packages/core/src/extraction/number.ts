import { onScale } from "../schema/scale.ts";
import type { NumberLabel } from "../schema/schema.ts";
import { fold } from "../text/fold.ts";
import { wordsOf } from "../text/words.ts";
import { type Answer, agreed, missed, type Passage, said, trimmed } from "./answer.ts";
import type { Line } from "./lines.ts";
import { refuses } from "./refusal.ts";

/** No number, whatever marks stand around it, is longer than this. */
const longestNumber = 100;

const number = String.raw`[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const plain = new RegExp(`^${number}$`, "u");
/** “4/5”, “4 out of 5”, “4 (out of 5)”. */
const ofScale = new RegExp(`^(${number})\\s*\\(?(?:/|out of|of)\\s*(${number})\\)?$`, "u");
const anyNumber = new RegExp(number, "gu");
const decoration = /^[\s"'“”‘’«»()[\]{}*_`~]+|[\s"'“”‘’«»()[\]{}*_`~.,;!]+$/gu;

/**
 * Reads a passage that is a number and nothing else, within the bounds and on a step; behind it the scale's end may
 * stand (“4/5”), if it is this scale's. Units, ranges and numbers in words are no such number, and each says why.
 */
export function readNumber(definition: NumberLabel, passage: Passage): Answer {
  const { text, start, end, cut } = trimmed(passage);
  if (start === end) return missed("no-label", passage);
  const written = text.slice(start, end);
  if (cut && /[\d.eE+-]$/.test(written)) return missed("truncated", passage);
  if (end - start <= longestNumber) {
    const bare = fold(written).replaceAll("−", "-").replaceAll(decoration, "");
    if (plain.test(bare)) return onItsScale(definition, bare, passage);
    const [, value, scale] = ofScale.exec(bare) ?? [];
    if (value !== undefined)
      return Number(scale) === definition.max
        ? onItsScale(definition, value, passage)
        : missed("wrong-scale", passage);
  }
  return missed(whyNone(passage), passage);
}

function onItsScale(definition: NumberLabel, written: string, passage: Passage): Answer {
  const { min, max } = definition;
  const value = Number(written);
  const onStep = onScale(definition, value);
  if (onStep !== undefined) {
    const { start, end } = trimmed(passage);
    const exact = String(onStep) === passage.text.slice(start, end);
    return said(onStep, [start, end], exact ? "exact" : "normalised");
  }
  const outside =
    !Number.isFinite(value) ||
    (min !== undefined && value < min) ||
    (max !== undefined && value > max);
  return missed(outside ? "out-of-range" : "off-step", passage);
}

function whyNone({ text, start, end }: Passage) {
  const written = text.slice(start, end);
  if (refuses(wordsOf(written), () => false)) return "refusal";
  const numbers = written.slice(0, 1000).match(anyNumber)?.length ?? 0;
  if (numbers === 0) return "not-a-number";
  if (numbers > 1) return "several-numbers";
  return wordsOf(written).length <= 3 ? "unit" : "not-a-number";
}

/** A number that has a line to itself, the first or the last; lines that are numbers must agree. */
export function readOwnNumber(definition: NumberLabel, lines: readonly Line[]): Answer | undefined {
  const answers = lines.map((line) =>
    line.head || line.passage.cut ? undefined : readNumber(definition, line.passage),
  );
  if (!answers[0]?.ok && !answers.at(-1)?.ok) return undefined;
  return agreed(answers.filter((answer) => answer?.ok === true));
}
