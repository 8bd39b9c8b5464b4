import type { LabelDefinition, Option, SchemaDocument } from "./schema.ts";

/** One difference between two schemas. */
export interface SchemaChange {
  readonly kind:
    | "label-added"
    | "label-removed"
    | "label-kind"
    | "label-description"
    | "labels-reordered"
    | "option-added"
    | "option-removed"
    | "option-text"
    | "option-description"
    | "options-reordered";
  readonly label?: string;
  /** The option's value. */
  readonly option?: string;
  /** The change in words. */
  readonly what: string;
}

/**
 * What changed from one schema to another, in the order of the new one, what was removed last. A label is known by its
 * name and an option by its value; either renamed is one removed and one added.
 */
export function diffSchemas(from: SchemaDocument, to: SchemaDocument): SchemaChange[] {
  const before = new Map(from.labels.map((label) => [label.name, label]));
  const after = new Map(to.labels.map((label) => [label.name, label]));
  return [
    ...to.labels.flatMap((label) => {
      const old = before.get(label.name);
      return old ? labelChanges(old, label) : [added(label)];
    }),
    ...from.labels
      .filter((label) => !after.has(label.name))
      .map(
        ({ name }): SchemaChange => ({
          kind: "label-removed",
          label: name,
          what: `Label “${name}” removed`,
        }),
      ),
    ...(reordered([...before.keys()], [...after.keys()])
      ? [{ kind: "labels-reordered" as const, what: "Labels reordered" }]
      : []),
  ];
}

/** Whether nothing at all changed. */
export const sameSchema = (a: SchemaDocument, b: SchemaDocument): boolean =>
  diffSchemas(a, b).length === 0;

const added = ({ name, options }: LabelDefinition): SchemaChange => ({
  kind: "label-added",
  label: name,
  what: `Label “${name}” added with ${options.length} ${options.length === 1 ? "option" : "options"}`,
});

function labelChanges(from: LabelDefinition, to: LabelDefinition): SchemaChange[] {
  const label = to.name;
  const before = new Map(from.options.map((option) => [option.value, option]));
  const after = new Map(to.options.map((option) => [option.value, option]));
  const changes: SchemaChange[] = [];
  const say = (kind: SchemaChange["kind"], what: string, option?: string): void => {
    changes.push({ kind, label, ...(option !== undefined && { option }), what });
  };
  if (from.kind !== to.kind)
    say("label-kind", `Label “${label}” is a ${to.kind} choice, was a ${from.kind} choice`);
  if (from.description !== to.description)
    say("label-description", described(`Label “${label}”`, from, to));
  for (const option of to.options) {
    const old = before.get(option.value);
    const name = `“${label}”: option “${option.value}”`;
    if (!old) {
      say("option-added", `${name} added${texted(option)}`, option.value);
      continue;
    }
    if (old.text !== option.text)
      say("option-text", `${name} reads “${option.text}”, was “${old.text}”`, option.value);
    if (old.description !== option.description)
      say("option-description", described(name, old, option), option.value);
  }
  for (const { value } of from.options)
    if (!after.has(value)) say("option-removed", `“${label}”: option “${value}” removed`, value);
  if (reordered([...before.keys()], [...after.keys()]))
    say("options-reordered", `“${label}”: options reordered`);
  return changes;
}

const texted = ({ value, text }: Option): string => (value === text ? "" : `, “${text}”`);

type Described = { readonly description?: string | undefined };

const described = (name: string, from: Described, to: Described): string =>
  to.description === undefined
    ? `${name}: description removed`
    : from.description === undefined
      ? `${name}: description added`
      : `${name}: description changed`;

/** Whether what both have stands in another order. */
function reordered(from: readonly string[], to: readonly string[]): boolean {
  const kept = to.filter((name) => from.includes(name));
  const order = from.filter((name) => to.includes(name));
  return kept.some((name, index) => name !== order[index]);
}
