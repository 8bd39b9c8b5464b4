import { z } from "zod";
import type { Problem } from "../problem.ts";
import { err, ok, type Result } from "../result.ts";
import { SchemaDocument } from "./schema.ts";

/** MEGAnno's form: `{ label_schema: [{ name, level, options: [{ value, text }] }] }`. */
const MegannoSchema = z.object({
  label_schema: z.array(
    z.object({
      name: z.string(),
      level: z.string().optional(),
      options: z.array(z.object({ value: z.coerce.string(), text: z.coerce.string() })),
    }),
  ),
});

/** Fannotate's codebook: `{ codes: [{ attribute, description, type, instruction, categories: [{ category, description }] }] }`. */
const Codebook = z.object({
  codes: z.array(
    z.object({
      attribute: z.string(),
      type: z.string().optional(),
      description: z.string().optional(),
      instruction: z.string().optional(),
      categories: z
        .array(z.object({ category: z.string(), description: z.string().optional() }))
        .default([]),
    }),
  ),
});

/**
 * Reads a schema document in our own form, in MEGAnno's or as a Fannotate codebook, and names what is wrong with it by
 * label and option. Kinds that are not there yet (spans, free text) are refused and not bent into something else.
 */
export function readSchema(json: unknown): Result<SchemaDocument, Problem<"schema-invalid">> {
  const meganno = MegannoSchema.safeParse(json);
  if (meganno.success) return check(fromMeganno(meganno.data));
  const codebook = Codebook.safeParse(json);
  if (codebook.success) return check(fromCodebook(codebook.data));
  return check(json);
}

const fromMeganno = ({ label_schema }: z.infer<typeof MegannoSchema>): unknown => ({
  labels: label_schema.map(({ name, level = "record", options }) => ({ name, level, options })),
});

const fromCodebook = ({ codes }: z.infer<typeof Codebook>): unknown => ({
  labels: codes.map(
    ({ attribute, type = "categorical", description, instruction, categories }) => ({
      name: attribute,
      // A codebook's free text attribute has no kind here yet; its own word makes the refusal name it.
      kind: type === "categorical" ? "single" : type,
      ...described([description, instruction].filter(Boolean).join("\n")),
      options: categories.map((one) => ({
        value: one.category,
        text: one.category,
        ...described(one.description),
      })),
    }),
  ),
});

const described = (text: string | undefined): { description?: string } =>
  text ? { description: text } : {};

function check(document: unknown): Result<SchemaDocument, Problem<"schema-invalid">> {
  const schema = SchemaDocument.safeParse(document);
  if (schema.success) return ok(schema.data);
  const faults = schema.error.issues.map(
    (issue) => `${where(document, issue.path)}${issue.message}`,
  );
  return err({
    type: "schema-invalid",
    what: `The schema is not usable: ${faults.slice(0, 5).join("; ")}${faults.length > 5 ? `; and ${faults.length - 5} more faults` : ""}.`,
    kept: "The schema in force stays as it is.",
    next: 'A schema looks like {"labels": [{"name": "sentiment", "options": [{"value": "pos", "text": "positive"}]}]}.',
  });
}

/** “label “mood”, option 2, text: ”: names what has a name, counts the rest from 1. */
function where(document: unknown, path: readonly PropertyKey[]): string {
  const [, label, , option] = path;
  const parts: string[] = [];
  if (typeof label === "number") parts.push(`label ${nameOf(document, label)}`);
  if (typeof option === "number") parts.push(`option ${option + 1}`);
  const field = path.findLast((step) => typeof step === "string");
  if (typeof path.at(-1) === "string" && field !== undefined) parts.push(String(field));
  return parts.length === 0 ? "" : `${parts.join(", ")}: `;
}

function nameOf(document: unknown, index: number): string {
  const named = z
    .object({ labels: z.array(z.object({ name: z.string() }).catch({ name: "" })) })
    .safeParse(document);
  const name = named.success ? named.data.labels[index]?.name : undefined;
  return name ? `“${name}”` : String(index + 1);
}
