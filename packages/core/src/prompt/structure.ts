import { sureness } from "../confidence/sureness.ts";
import type { LabelDefinition } from "../schema/schema.ts";

/** The part of JSON Schema that every provider's structured output takes. */
export type ReplyStructure =
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, ReplyStructure>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly type: "array"; readonly items: ReplyStructure }
  | { readonly type: "string"; readonly enum: readonly string[] }
  | { readonly type: "integer" };

/** The JSON Schema of the reply that the `json` format asks for, to hold a model to it where its provider can. */
export function replyStructure(
  labels: readonly LabelDefinition[],
  asksSureness = false,
): ReplyStructure {
  const members = labels.flatMap((label): [string, ReplyStructure][] => [
    [label.name, valueStructure(label)],
    ...(asksSureness
      ? [[sureness(label, labels), { type: "integer" }] satisfies [string, ReplyStructure]]
      : []),
  ]);
  return {
    type: "object",
    properties: Object.fromEntries(members),
    required: members.map(([name]) => name),
    additionalProperties: false,
  };
}

function valueStructure({ kind, options }: LabelDefinition): ReplyStructure {
  const option: ReplyStructure = { type: "string", enum: options.map((one) => one.text) };
  return kind === "single" ? option : { type: "array", items: option };
}
