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
  | { readonly type: "string"; readonly enum: readonly string[] };

/** The JSON Schema of the reply that the `json` format asks for, to hold a model to it where its provider can. */
export const replyStructure = (labels: readonly LabelDefinition[]): ReplyStructure => ({
  type: "object",
  properties: Object.fromEntries(
    labels.map((label): [string, ReplyStructure] => {
      const option: ReplyStructure = {
        type: "string",
        enum: label.options.map((one) => one.text),
      };
      return [label.name, label.kind === "single" ? option : { type: "array", items: option }];
    }),
  ),
  required: labels.map((label) => label.name),
  additionalProperties: false,
});
