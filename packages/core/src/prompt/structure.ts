import { sureness } from "../confidence/sureness.ts";
import { onScale } from "../schema/scale.ts";
import { type LabelDefinition, type NumberLabel, optionsOf } from "../schema/schema.ts";

/** The part of JSON Schema that every provider's structured output takes. */
export type ReplyStructure =
  | {
      readonly type: "object";
      readonly properties: Readonly<Record<string, ReplyStructure>>;
      readonly required: readonly string[];
      readonly additionalProperties: false;
    }
  | { readonly type: "array"; readonly items: ReplyStructure }
  | { readonly type: "string"; readonly enum?: readonly string[] }
  | { readonly type: "number" | "integer" };

/**
 * The JSON Schema of the reply that the `json` format asks for, to hold a model to it where its provider can. Bounds, the
 * length of a text and of a ranking are not in it, since not every provider takes them; the reading of replies holds them.
 */
export const replyStructure = (
  labels: readonly LabelDefinition[],
  asksSureness = false,
): ReplyStructure =>
  object(
    labels.flatMap((label): [string, ReplyStructure][] => [
      [label.name, structureOf(label)],
      ...(asksSureness
        ? [[sureness(label, labels), { type: "integer" }] satisfies [string, ReplyStructure]]
        : []),
    ]),
  );

const object = (properties: readonly (readonly [string, ReplyStructure])[]): ReplyStructure => ({
  type: "object",
  properties: Object.fromEntries(properties),
  required: properties.map(([name]) => name),
  additionalProperties: false,
});

function structureOf(label: LabelDefinition): ReplyStructure {
  if (label.level === "record") return factStructure(label);
  const quote = object([
    ["text", { type: "string" }],
    ["occurrence", { type: "integer" }],
    [factKey(label), factStructure(label)],
  ]);
  return { type: "array", items: quote };
}

function factStructure(label: LabelDefinition): ReplyStructure {
  const option: ReplyStructure = {
    type: "string",
    enum: optionsOf(label).map((one) => one.text),
  };
  switch (label.kind) {
    case "single":
      return option;
    case "multiple":
    case "ranking":
      return { type: "array", items: option };
    case "number":
      return { type: isWhole(label) ? "integer" : "number" };
    case "text":
      return { type: "string" };
  }
}

/** Whether every number of a label is a whole one. */
export const isWhole = ({ min = 0, step }: NumberLabel): boolean =>
  step !== undefined && onScale({ step: 1 }, step) === step && onScale({ step: 1 }, min) === min;

/** Under which key a quote's fact stands. */
export const factKey = ({ kind }: LabelDefinition): "option" | "options" | "value" =>
  kind === "single" ? "option" : kind === "multiple" ? "options" : "value";
