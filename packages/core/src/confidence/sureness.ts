import { answerPart } from "../extraction/answer-part.ts";
import type { Reply } from "../extraction/reading.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import { fold } from "../text/fold.ts";

/** The name under which a model is asked how sure it is of a label: one that is no label's own. */
export const sureness = (
  { name }: LabelDefinition,
  labels: readonly Pick<LabelDefinition, "name">[],
): string => {
  const taken = new Set(labels.map((label) => fold(label.name)));
  const free = [`${name} confidence`, `confidence in ${name}`, `sureness of ${name}`].find(
    (words) => !taken.has(fold(words)),
  );
  return free ?? `how sure of ${name}`;
};

/** A reply without what it says of its own sureness. */
export interface SureReply {
  readonly reply: Reply;
  /** Label name → 0 to 1; a label whose sureness is not said, or is no number from 0 to 100, is missing. */
  readonly confidences: ReadonlyMap<string, number>;
}

/**
 * Takes the lines and JSON members in which a model says how sure it is out of its reply, so that what is left reads as
 * if they had not been asked for. Of several for one label the last counts. Linear in the reply's length.
 */
export function compileSureness(labels: readonly LabelDefinition[]): (reply: Reply) => SureReply {
  const patterns = labels.map((label) => ({
    name: label.name,
    pattern: patternOf(sureness(label, labels)),
  }));
  return (reply) => {
    const { text, start } = answerPart(reply);
    const before = text.slice(0, start);
    let answer = text.slice(start);
    const confidences = new Map<string, number>();
    for (const { name, pattern } of patterns)
      answer = answer.replaceAll(pattern, (said, ...groups) => {
        const share = shareOf(groups.at(-1));
        if (share === undefined) confidences.delete(name);
        else confidences.set(name, share);
        // A member in the middle of an object leaves the comma that follows it to the one before.
        return said.startsWith(",") && said.endsWith(",") ? "," : "";
      });
    return { reply: { ...reply, text: before + answer }, confidences };
  };
}

/** What is said: a number, and how it ends. */
const amount = String.raw`(?<number>\d{1,3}(?:\.\d{1,10})?) {0,3}(?<unit>%|/ {0,3}100)?`;

/** A JSON member with its commas, or a line of its own that markdown may adorn. */
function patternOf(name: string): RegExp {
  const member = String.raw`,?\s{0,99}${literal(JSON.stringify(name))}\s{0,9}:\s{0,9}"?${amount}"?(?:\s{0,99},)?`;
  const words = name.split(" ").map(literal).join(" {1,9}");
  const line = String.raw`^[ \t>*_#-]{0,20}${words}[ *_]{0,6}[:：=][ \t*_"]{0,20}${amount.replaceAll("<", "<line_")}[ \t*_".]{0,20}(?:\r?\n|$)`;
  return new RegExp(`${member}|${line}`, "gimu");
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

interface Said {
  readonly number?: string;
  readonly unit?: string;
  readonly line_number?: string;
  readonly line_unit?: string;
}

/** From 0 to 100 as asked; a decimal up to 1 without a unit is a share, as models have it from elsewhere. */
function shareOf(said: Said): number | undefined {
  const number = said.number ?? said.line_number ?? "";
  const unit = said.unit ?? said.line_unit;
  const value = Number(number);
  const share = number.includes(".") && unit === undefined && value <= 1 ? value : value / 100;
  return share <= 1 ? share : undefined;
}
