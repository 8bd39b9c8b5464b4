import { z } from "zod";
import { fold } from "../text/fold.ts";
import { OptionColour } from "./colour.ts";
import { Renames } from "./renames.ts";
import { onScale } from "./scale.ts";

/** Words on one line: what a model can be asked to write and a database can hold. White space around it is dropped. */
const phrase = (length: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(length)
    .regex(/[^\p{Cf}\s]/u, "has nothing that can be seen")
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, "has a line break or another control character");

/**
 * One choice of a label. `value` is stored and exported, `text` is what models and people read and write.
 * `{ value: "neg", text: "negative" }`
 */
export const Option = z
  .strictObject({
    value: phrase(200),
    text: phrase(200),
    description: z.string().max(4000).optional(),
    colour: OptionColour.optional(),
  })
  .meta({ id: "Option" });
export type Option = z.infer<typeof Option>;

const name = phrase(100).regex(/^[^:：]*$/, "has a colon, which parts name and option in replies");
const description = z.string().max(8000).optional();
const options = (least: number) => z.array(Option).min(least).max(1000);

/** A label of the whole record, or one of stretches of its text. */
const level = z.enum(["record", "span"]).default("record");

/** Exactly one option. The usual kind, meant where none is named. */
export const SingleChoice = z
  .strictObject({
    name,
    level,
    kind: z.literal("single").optional().default("single"),
    description,
    options: options(1),
  })
  .meta({ id: "SingleChoice" });

/** Any number of options, none included. */
export const MultipleChoice = z
  .strictObject({ name, level, kind: z.literal("multiple"), description, options: options(1) })
  .meta({ id: "MultipleChoice" });

/** All options, or the `top` first of them, in order. */
export const Ranking = z
  .strictObject({
    name,
    level: z.literal("record").default("record"),
    kind: z.literal("ranking"),
    description,
    options: options(2),
    top: z.int().min(1).optional().meta({
      description: "How many options are ranked, the foremost ones; all of them if left out",
    }),
  })
  .meta({ id: "Ranking" });
export type Ranking = z.infer<typeof Ranking>;

/** A number; with few whole steps between two bounds it is a rating. */
export const NumberLabel = z
  .strictObject({
    name,
    level,
    kind: z.literal("number"),
    description,
    min: z.number().optional(),
    max: z.number().optional(),
    step: z.number().positive().optional().meta({
      description:
        "Numbers are so many steps from `min`, or from 0; 1 allows whole numbers; any number if left out",
    }),
  })
  .meta({ id: "NumberLabel" });
export type NumberLabel = z.infer<typeof NumberLabel>;

/** Free text. */
export const TextLabel = z
  .strictObject({
    name,
    level,
    kind: z.literal("text"),
    description,
    maxLength: z
      .int()
      .min(1)
      .max(20_000)
      .default(2000)
      .meta({ description: "Most characters, as Unicode counts them" }),
  })
  .meta({ id: "TextLabel" });
export type TextLabel = z.infer<typeof TextLabel>;

/** What is asked of every record, or of stretches of its text. */
export const LabelDefinition = z
  .discriminatedUnion("kind", [SingleChoice, MultipleChoice, Ranking, NumberLabel, TextLabel], {
    error: "is no kind of label: it is single, multiple, ranking, number or text",
  })
  .meta({ id: "LabelDefinition" });
export type LabelDefinition = z.infer<typeof LabelDefinition>;
export type LabelKind = LabelDefinition["kind"];

/** A label that is answered with options. */
export type ChoiceLabel = Extract<LabelDefinition, { options: unknown }>;

export const isChoice = (label: LabelDefinition): label is ChoiceLabel => "options" in label;

/** A label's options; numbers and texts have none. */
export const optionsOf = (label: LabelDefinition): readonly Option[] =>
  isChoice(label) ? label.options : [];

/** How many options a ranking's value holds. */
export const rankedLength = ({ top, options }: Ranking): number => top ?? options.length;

const repeated = (words: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  for (const word of words) {
    const folded = fold(word).trim();
    if (seen.has(folded)) return word;
    seen.add(folded);
  }
  return undefined;
};

/** What is wrong with a definition's bounds, by field. */
function faultsIn(label: LabelDefinition): [field: string, message: string][] {
  if (label.kind === "ranking" && rankedLength(label) > label.options.length)
    return [["top", `asks for ${label.top} of ${label.options.length} options`]];
  if (label.kind !== "number") return [];
  const { min, max, step } = label;
  if (min !== undefined && max !== undefined && min >= max)
    return [["max", `is ${max}, which is not above min, ${min}`]];
  if (step !== undefined && max !== undefined && onScale({ ...label, max: undefined }, max) !== max)
    return [["max", `is ${max}, which is no whole number of steps of ${step} from ${min ?? 0}`]];
  return [];
}

/**
 * A labelling task: its labels and their options. Names, values and texts are unique without regard to case,
 * because people and models do not keep to case; an option's text may equal its own value only.
 */
export const SchemaDocument = z
  .strictObject({ labels: z.array(LabelDefinition).min(1).max(50) })
  .superRefine((schema, context) => {
    const name = repeated(schema.labels.map((label) => label.name));
    if (name !== undefined)
      context.addIssue({
        code: "custom",
        path: ["labels"],
        message: `two labels are named “${name}”`,
      });
    schema.labels.forEach((label, index) => {
      for (const [field, message] of faultsIn(label))
        context.addIssue({ code: "custom", path: ["labels", index, field], message });
      const path = ["labels", index, "options"];
      const words = optionsOf(label).flatMap((option) =>
        fold(option.value) === fold(option.text) ? [option.value] : [option.value, option.text],
      );
      const word = repeated(words);
      if (word !== undefined)
        context.addIssue({
          code: "custom",
          path,
          message: `label “${label.name}” has “${word}” twice among its options' values and texts`,
        });
    });
  })
  .meta({ id: "SchemaDocument" });
export type SchemaDocument = z.infer<typeof SchemaDocument>;

/** A schema as stored: immutable, numbered from 1 within its project. */
export const SchemaVersion = z
  .object({
    version: z.int().min(1),
    document: SchemaDocument,
    renames: Renames.meta({
      description: "Options of the version before that have other values now",
    }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
  })
  .meta({ id: "SchemaVersion" });
export type SchemaVersion = z.infer<typeof SchemaVersion>;
