import { z } from "zod";
import type { Problem } from "../problem.ts";
import { err, ok, type Result } from "../result.ts";
import { SchemaDocument } from "./schema.ts";

const list = z.array(z.unknown()).catch([]);
const fields = z.record(z.string(), z.unknown()).catch({});

/**
 * Reads a schema document in our own form, in MEGAnno's (`{label_schema: [{name, level, options: [{value, text}]}]}`) or as
 * a Fannotate codebook (`{codes: [{attribute, description, type, instruction, categories: [{category, description}]}]}`),
 * and names what is wrong with it by label and option. A codebook's `freetext` is a text, MEGAnno's `span` level ours. Of
 * the other forms only what they share with ours is read; a codebook's icons are left.
 */
export function readSchema(json: unknown): Result<SchemaDocument, Problem<"schema-invalid">> {
  const { label_schema, codes } = fields.parse(json);
  if (label_schema !== undefined) return check(fromMeganno(label_schema));
  if (codes !== undefined) return check(fromCodebook(codes));
  return check(json);
}

const fromMeganno = (labels: unknown): unknown => ({
  labels: list.parse(labels).map((label) => {
    const { name, level = "record", options } = fields.parse(label);
    return {
      name,
      level,
      options: list.parse(options).map((option) => {
        const { value, text } = fields.parse(option);
        return { value: asWord(value), text: asWord(text) };
      }),
    };
  }),
});

const fromCodebook = (codes: unknown): unknown => ({
  labels: list.parse(codes).map((code) => {
    const {
      attribute,
      type = "categorical",
      description,
      instruction,
      categories,
    } = fields.parse(code);
    const common = {
      name: attribute,
      ...described([description, instruction].filter(Boolean).join("\n")),
    };
    if (isWord(type, /^free[ _-]?text$/i)) return { ...common, kind: "text" };
    return {
      ...common,
      // A type that codebooks do not have is left as it is, so that the refusal names it.
      kind: isWord(type, /^categorical$/i) ? "single" : type,
      options: list.parse(categories).map((one) => {
        const { category, description: meaning } = fields.parse(one);
        return { value: asWord(category), text: asWord(category), ...described(meaning) };
      }),
    };
  }),
});

const isWord = (word: unknown, pattern: RegExp): boolean =>
  typeof word === "string" && pattern.test(word.trim());

/** MEGAnno and Fannotate allow numbers and booleans where we have words. */
const asWord = (value: unknown): unknown =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : value;

const described = (text: unknown): { description?: unknown } => (text ? { description: text } : {});

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
