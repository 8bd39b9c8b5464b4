import {
  isChoice,
  type LabelDefinition,
  type LabelKind,
  type Renames,
  SchemaDocument,
} from "@countersign/core";

/** A schema while it is written. Ids hold fields in place while others come and go. */
export interface Draft {
  readonly labels: readonly DraftLabel[];
}

export interface DraftLabel {
  readonly id: string;
  readonly name: string;
  readonly kind: LabelKind;
  readonly level: LabelDefinition["level"];
  readonly description: string;
  readonly options: readonly DraftOption[];
  /** As they are typed; empty where there is none. */
  readonly bounds: Readonly<Record<Bound, string>>;
}

/** What bounds a label: a number's ends and steps, a text's length, how many options are ranked. */
export type Bound = "min" | "max" | "step" | "maxLength" | "top";

export interface DraftOption {
  readonly id: string;
  readonly value: string;
  readonly text: string;
  readonly description: string;
  /** Empty for that of its place. */
  readonly colour: string;
  /** The value it has in the version before; undefined for a new option. */
  readonly was?: string;
  /** Labels with its former value are not to be mapped to the new one. */
  readonly unmapped?: boolean;
}

const newId = (): string => crypto.randomUUID();

export const newOption = (): DraftOption => ({
  id: newId(),
  value: "",
  text: "",
  description: "",
  colour: "",
});

const noBounds = { min: "", max: "", step: "", maxLength: "", top: "" };

export const newLabel = (): DraftLabel => ({
  id: newId(),
  name: "",
  kind: "single",
  level: "record",
  description: "",
  options: [newOption(), newOption()],
  bounds: noBounds,
});

/** A schema to be changed; without one, a first label to be filled in. */
export const draftOf = (document: SchemaDocument | undefined): Draft => ({
  labels: document?.labels.map((label) => ({
    id: newId(),
    name: label.name,
    kind: label.kind,
    level: label.level,
    description: label.description ?? "",
    options: isChoice(label)
      ? label.options.map(({ value, text, description = "", colour = "" }) => ({
          id: newId(),
          value,
          text,
          description,
          colour,
          was: value,
        }))
      : [newOption(), newOption()],
    bounds: boundsOf(label),
  })) ?? [newLabel()],
});

function boundsOf(label: LabelDefinition): DraftLabel["bounds"] {
  const written = (bound: number | undefined): string => (bound === undefined ? "" : String(bound));
  switch (label.kind) {
    case "number":
      return {
        ...noBounds,
        min: written(label.min),
        max: written(label.max),
        step: written(label.step),
      };
    case "text":
      return { ...noBounds, maxLength: written(label.maxLength) };
    case "ranking":
      return { ...noBounds, top: written(label.top) };
    default:
      return noBounds;
  }
}

/** Whether labels with the option's former value would be mapped to its new one. */
export const isRenamed = ({ was, value }: DraftOption): boolean =>
  was !== undefined && value.trim() !== "" && was !== value.trim();

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

/** A schema ready to be stored, with the options that are renamed in it. */
export interface Finished {
  readonly document: SchemaDocument;
  readonly rename: Renames;
}

/** The schema a draft stands for, or why it is none. An option without a text of its own reads as its value. */
export function finished(draft: Draft): Finished | Fault {
  const checked = SchemaDocument.safeParse({ labels: draft.labels.map(definitionOf) });
  if (checked.success) return { document: checked.data, rename: renamesIn(draft) };
  const [issue] = checked.error.issues;
  const [, labelAt, , optionAt] = issue?.path ?? [];
  const label = draft.labels[Number(labelAt)] ?? draft.labels[0];
  const option = label?.options[Number(optionAt)];
  const field = String(issue?.path.at(-1));
  const empty = issue?.code === "too_small" && issue.origin === "string";
  const bound = field in noBounds ? `${field}: ` : "";
  return {
    of: option?.id ?? label?.id ?? "",
    says: empty
      ? `The ${field} is still empty.`
      : sentence(`${bound}${issue?.message ?? "This is no schema."}`),
  };
}

function definitionOf(label: DraftLabel): unknown {
  const { name, kind, level, description, bounds } = label;
  const common = {
    name: name.trim(),
    level: kind === "ranking" ? "record" : level,
    kind,
    ...said(description),
  };
  switch (kind) {
    case "number":
      return {
        ...common,
        ...bound("min", bounds),
        ...bound("max", bounds),
        ...bound("step", bounds),
      };
    case "text":
      return { ...common, ...bound("maxLength", bounds) };
    case "ranking":
      return { ...common, options: label.options.map(optionOf), ...bound("top", bounds) };
    default:
      return { ...common, options: label.options.map(optionOf) };
  }
}

const optionOf = ({ value, text, description, colour }: DraftOption) => ({
  value: value.trim(),
  text: text.trim() || value.trim(),
  ...said(description),
  ...(colour !== "" && { colour }),
});

const bound = (name: Bound, bounds: DraftLabel["bounds"]) =>
  bounds[name].trim() === "" ? {} : { [name]: Number(bounds[name].trim().replace(",", ".")) };

function renamesIn({ labels }: Draft): Renames {
  const renames: Renames = {};
  for (const { name, options } of labels)
    for (const option of options)
      if (isRenamed(option) && !option.unmapped && option.was !== undefined)
        renames[name.trim()] = { ...renames[name.trim()], [option.was]: option.value.trim() };
  return renames;
}

const said = (description: string) =>
  description.trim() === "" ? {} : { description: description.trim() };

const sentence = (message: string): string =>
  `${message.slice(0, 1).toUpperCase()}${message.slice(1)}${message.endsWith(".") ? "" : "."}`;
