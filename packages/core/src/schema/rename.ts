import type { LabelValue, SpanValue } from "../label/label.ts";
import { sortedSpans } from "../label/spans.ts";
import type { Renames } from "./renames.ts";
import { isChoice, type LabelDefinition, optionsOf, type SchemaDocument } from "./schema.ts";

/** What is wrong with renames from one schema to another; `undefined` where they can be carried out. */
export function faultInRenames(
  from: SchemaDocument | undefined,
  to: SchemaDocument,
  renames: Renames,
): string | undefined {
  for (const [name, options] of Object.entries(renames)) {
    const before = valuesIn(from, name);
    const after = valuesIn(to, name);
    if (!before) return `the schema before has no label “${name}” with options`;
    if (!after) return `the new schema has no label “${name}” with options`;
    const meant = new Set<string>();
    for (const [old, now] of Object.entries(options)) {
      if (!before.values.includes(old)) return `“${name}” had no option “${old}”`;
      if (!after.values.includes(now)) return `“${name}” has no option “${now}” to be renamed to`;
      if (after.values.includes(old))
        return `“${name}” still has the option “${old}”, so that its labels need not be mapped`;
      if (after.ranking && (meant.has(now) || before.values.includes(now)))
        return `“${name}” is a ranking, in which two options cannot become “${now}”`;
      meant.add(now);
    }
  }
  return undefined;
}

function valuesIn(document: SchemaDocument | undefined, name: string) {
  const label = document?.labels.find((one) => one.name === name);
  if (!label || !isChoice(label)) return undefined;
  return { values: label.options.map(({ value }) => value), ranking: label.kind === "ranking" };
}

/**
 * A value with its options renamed, as the new definition has it: a multiple choice in its order, two options that became
 * one chosen once.
 */
export function renamedValue(
  definition: LabelDefinition,
  value: LabelValue,
  renames: Readonly<Record<string, string>>,
): LabelValue {
  const now = (option: string): string =>
    Object.hasOwn(renames, option) ? (renames[option] ?? option) : option;
  const list = (said: readonly string[]): string[] => {
    const chosen = [...new Set(said.map(now))];
    if (definition.kind !== "multiple") return chosen;
    const order = optionsOf(definition).map((option) => option.value);
    return chosen.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  };
  const fact = (said: SpanValue["value"]): SpanValue["value"] =>
    Array.isArray(said) ? list(said) : typeof said === "string" ? now(said) : said;
  if (!Array.isArray(value)) return typeof value === "string" ? now(value) : value;
  const spans = value.filter((one) => typeof one === "object");
  return definition.level === "span"
    ? sortedSpans(spans.map((span) => ({ ...span, value: fact(span.value) })))
    : list(value.filter((one) => typeof one === "string"));
}
