import { type LabelDefinition, type Option, SchemaDocument } from "@countersign/core";

/** A schema while it is written. Ids hold fields in place while others come and go. */
export interface Draft {
  readonly labels: readonly DraftLabel[];
}

export interface DraftLabel {
  readonly id: string;
  readonly name: string;
  readonly kind: LabelDefinition["kind"];
  readonly description: string;
  readonly options: readonly DraftOption[];
}

export interface DraftOption {
  readonly id: string;
  readonly value: string;
  readonly text: string;
  readonly description: string;
}

const newId = (): string => crypto.randomUUID();

export const newOption = (): DraftOption => ({ id: newId(), value: "", text: "", description: "" });

export const newLabel = (): DraftLabel => ({
  id: newId(),
  name: "",
  kind: "single",
  description: "",
  options: [newOption(), newOption()],
});

/** A schema to be changed; without one, a first label to be filled in. */
export const draftOf = (document: SchemaDocument | undefined): Draft => ({
  labels: document?.labels.map(({ name, kind, description = "", options }) => ({
    id: newId(),
    name,
    kind,
    description,
    options: options.map(({ value, text, description: said = "" }) => ({
      id: newId(),
      value,
      text,
      description: said,
    })),
  })) ?? [newLabel()],
});

/** The item with that id changed. */
export const changed = <Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  change: Partial<Item>,
): readonly Item[] => items.map((item) => (item.id === id ? { ...item, ...change } : item));

export const without = <Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
): readonly Item[] => items.filter((item) => item.id !== id);

/** The item with that id one place further up or down, where there is one. */
export function moved<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  by: -1 | 1,
): readonly Item[] {
  const from = items.findIndex((item) => item.id === id);
  const item = items[from];
  const to = from + by;
  if (!item || to < 0 || to >= items.length) return items;
  return items.toSpliced(from, 1).toSpliced(to, 0, item);
}

/** Why a draft is no schema yet, and which part of it is at fault. */
export interface Fault {
  /** Id of the label or option at fault. */
  readonly of: string;
  readonly says: string;
}

/** The document a draft stands for, or why it is none. An option without a text of its own reads as its value. */
export function finished(draft: Draft): SchemaDocument | Fault {
  const document = {
    labels: draft.labels.map(({ name, kind, description, options }) => ({
      name: name.trim(),
      kind,
      ...said(description),
      options: options.map(
        ({ value, text, description: meaning }): Option => ({
          value: value.trim(),
          text: text.trim() || value.trim(),
          ...said(meaning),
        }),
      ),
    })),
  };
  const checked = SchemaDocument.safeParse(document);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const [, labelAt, , optionAt] = issue?.path ?? [];
  const label = draft.labels[Number(labelAt)] ?? draft.labels[0];
  const option = label?.options[Number(optionAt)];
  const field = issue?.path.at(-1);
  const empty = issue?.code === "too_small" && issue.origin === "string";
  return {
    of: option?.id ?? label?.id ?? "",
    says: empty
      ? `The ${String(field)} is still empty.`
      : sentence(issue?.message ?? "This is no schema."),
  };
}

const said = (description: string) =>
  description.trim() === "" ? {} : { description: description.trim() };

const sentence = (message: string): string =>
  `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${message.endsWith(".") ? "" : "."}`;
