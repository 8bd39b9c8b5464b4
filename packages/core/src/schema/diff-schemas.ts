import { z } from "zod";
import type { Renames } from "./renames.ts";
import {
  isChoice,
  type LabelDefinition,
  type Option,
  optionsOf,
  type SchemaDocument,
} from "./schema.ts";

/** One difference between two schemas. `option` is the option's value, `what` the change in words. */
export const SchemaChange = z
  .object({
    kind: z.enum([
      "label-added",
      "label-removed",
      "label-kind",
      "label-level",
      "label-bounds",
      "label-description",
      "labels-reordered",
      "option-added",
      "option-removed",
      "option-renamed",
      "option-text",
      "option-description",
      "option-colour",
      "options-reordered",
    ]),
    label: z.string().optional(),
    option: z.string().optional(),
    what: z.string(),
  })
  .meta({ id: "SchemaChange" });
export type SchemaChange = z.infer<typeof SchemaChange>;

/**
 * What changed from one schema to another, in the order of the new one, what was removed last. A label is known by its
 * name and an option by its value; either renamed is one removed and one added, but for the options that `renames` names.
 */
export function diffSchemas(
  from: SchemaDocument,
  to: SchemaDocument,
  renames: Renames = {},
): SchemaChange[] {
  const before = new Map(from.labels.map((label) => [label.name, label]));
  const after = new Map(to.labels.map((label) => [label.name, label]));
  return [
    ...to.labels.flatMap((label) => {
      const old = before.get(label.name);
      return old ? labelChanges(old, label, renames[label.name] ?? {}) : [added(label)];
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

function added(label: LabelDefinition): SchemaChange {
  const { name } = label;
  const { length } = optionsOf(label);
  const what = isChoice(label)
    ? `with ${length} ${length === 1 ? "option" : "options"}`
    : `as ${kinds[label.kind]}${bounded(label)}`;
  return { kind: "label-added", label: name, what: `Label “${name}” added ${what}` };
}

const kinds: Readonly<Record<LabelDefinition["kind"], string>> = {
  single: "a single choice",
  multiple: "a multiple choice",
  ranking: "a ranking",
  number: "a number",
  text: "free text",
};

const levels: Readonly<Record<LabelDefinition["level"], string>> = {
  record: "of the record",
  span: "of spans",
};

/** What a label asks for, in words: “number from 1 to 5 in steps of 1, of spans”. */
export const kindWords = (label: LabelDefinition): string =>
  `${kinds[label.kind].replace(/^an? /, "")}${bounded(label)}${label.level === "span" ? `, ${levels.span}` : ""}`;

/** A definition's bounds in words, with a space before them; empty where it has none. */
function bounded(label: LabelDefinition): string {
  if (label.kind === "text") return ` of at most ${label.maxLength} characters`;
  if (label.kind === "ranking" && label.top !== undefined) return ` of the first ${label.top}`;
  if (label.kind !== "number") return "";
  const { min, max, step } = label;
  return [
    min === undefined ? "" : ` from ${min}`,
    max === undefined ? "" : ` to ${max}`,
    step === undefined ? "" : ` in steps of ${step}`,
  ].join("");
}

function labelChanges(
  from: LabelDefinition,
  to: LabelDefinition,
  renames: Readonly<Record<string, string>>,
): SchemaChange[] {
  const label = to.name;
  const now = (value: string): string =>
    Object.hasOwn(renames, value) ? (renames[value] ?? value) : value;
  const options = optionsOf(from);
  const before = new Map(options.map((option) => [option.value, option]));
  const after = new Map(optionsOf(to).map((option) => [option.value, option]));
  const changes: SchemaChange[] = [];
  const say = (kind: SchemaChange["kind"], what: string, option?: string): void => {
    changes.push({ kind, label, ...(option !== undefined && { option }), what });
  };
  if (from.kind !== to.kind)
    say("label-kind", `Label “${label}” is ${kinds[to.kind]}, was ${kinds[from.kind]}`);
  else if (bounded(from) !== bounded(to))
    say(
      "label-bounds",
      `Label “${label}” is ${kinds[to.kind]}${bounded(to)}, was ${kinds[from.kind]}${bounded(from)}`,
    );
  if (from.level !== to.level)
    say("label-level", `Label “${label}” is ${levels[to.level]}, was ${levels[from.level]}`);
  if (from.description !== to.description)
    say("label-description", described(`Label “${label}”`, from, to));
  for (const option of after.values()) {
    const name = `“${label}”: option “${option.value}”`;
    const former = options.filter(
      ({ value }) => value !== option.value && now(value) === option.value,
    );
    for (const { value } of former)
      say("option-renamed", `“${label}”: option “${value}” is “${option.value}” now`, option.value);
    const old = before.get(option.value) ?? former[0];
    if (!old) {
      say("option-added", `${name} added${texted(option)}`, option.value);
      continue;
    }
    if (old.text !== option.text)
      say("option-text", `${name} reads “${option.text}”, was “${old.text}”`, option.value);
    if (old.description !== option.description)
      say("option-description", described(name, old, option), option.value);
    if (old.colour !== option.colour)
      say(
        "option-colour",
        `${name} is ${option.colour ?? "of no chosen colour"}, was ${old.colour ?? "of none"}`,
        option.value,
      );
  }
  for (const { value } of options)
    if (!after.has(now(value)))
      say("option-removed", `“${label}”: option “${value}” removed`, value);
  if (reordered([...new Set(options.map(({ value }) => now(value)))], [...after.keys()]))
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
