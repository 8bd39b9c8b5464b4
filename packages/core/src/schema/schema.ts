import { z } from "zod";
import { fold } from "../text/fold.ts";

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
  })
  .meta({ id: "Option" });
export type Option = z.infer<typeof Option>;

/** What is asked of every record. `single`: exactly one option. `multiple`: any number of them. */
export const LabelDefinition = z
  .strictObject({
    name: phrase(100).regex(/^[^:：]*$/, "has a colon, which parts name and option in replies"),
    level: z.literal("record").default("record"),
    kind: z.enum(["single", "multiple"]).default("single"),
    description: z.string().max(8000).optional(),
    options: z.array(Option).min(1).max(1000),
  })
  .meta({ id: "LabelDefinition" });
export type LabelDefinition = z.infer<typeof LabelDefinition>;

const repeated = (words: readonly string[]): string | undefined => {
  const seen = new Set<string>();
  for (const word of words) {
    const folded = fold(word).trim();
    if (seen.has(folded)) return word;
    seen.add(folded);
  }
  return undefined;
};

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
      const path = ["labels", index, "options"];
      const words = label.options.flatMap((option) =>
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
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
  })
  .meta({ id: "SchemaVersion" });
export type SchemaVersion = z.infer<typeof SchemaVersion>;
