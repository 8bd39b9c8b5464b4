import { isChoice, type LabelDefinition, optionsOf, type SchemaDocument } from "./schema.ts";

/** The forms in which a schema can be written: our own, MEGAnno's, and Fannotate's codebook. */
export const schemaForms = ["own", "meganno", "codebook"] as const;
export type SchemaForm = (typeof schemaForms)[number];

/** A schema in another program's form, and what that form has no place for. */
export interface WrittenSchema {
  readonly json: unknown;
  /** What is lost, in words, by label. */
  readonly left: readonly string[];
}

/** Writes a schema for another program. Labels that its form cannot hold are left out and named. */
export function writeSchema(
  document: SchemaDocument,
  form: SchemaForm,
  about: { readonly dataset: string; readonly createdAt: string },
): WrittenSchema {
  if (form === "own") return { json: document, left: [] };
  return form === "meganno" ? asMeganno(document) : asCodebook(document, about);
}

function asMeganno({ labels }: SchemaDocument): WrittenSchema {
  const left: string[] = [];
  const label_schema = labels.flatMap((label) => {
    if (!isChoice(label) || label.kind === "ranking") {
      left.push(`label “${label.name}”: MEGAnno has no ${label.kind}`);
      return [];
    }
    if (label.kind === "multiple")
      left.push(`label “${label.name}”: that several options may be chosen`);
    if (holdsDescription(label)) left.push(`label “${label.name}”: descriptions`);
    const options = label.options.map(({ value, text }) => ({ value, text }));
    return [{ name: label.name, level: label.level, options }];
  });
  return { json: { label_schema }, left };
}

const holdsDescription = (label: LabelDefinition): boolean =>
  label.description !== undefined ||
  optionsOf(label).some((option) => option.description !== undefined);

function asCodebook(
  { labels }: SchemaDocument,
  { dataset, createdAt }: { readonly dataset: string; readonly createdAt: string },
): WrittenSchema {
  const left: string[] = [];
  const codes = labels.flatMap((label) => {
    const common = {
      attribute: label.name,
      description: label.description ?? "",
      instruction: "",
    };
    if (label.level === "span" || label.kind === "number" || label.kind === "ranking") {
      const what = label.level === "span" ? "spans" : `${label.kind}s`;
      left.push(`label “${label.name}”: a codebook has no ${what}`);
      return [];
    }
    if (label.kind === "text") return [{ ...common, type: "freetext", categories: [] }];
    if (label.kind === "multiple")
      left.push(`label “${label.name}”: that several options may be chosen`);
    const categories = label.options.map(({ value, text, description = "" }) => {
      if (value !== text) left.push(`label “${label.name}”: the text “${text}” of “${value}”`);
      return { category: value, description, icon: "" };
    });
    return [{ ...common, type: "categorical", categories }];
  });
  return { json: { created_at: createdAt, dataset, codes }, left };
}
