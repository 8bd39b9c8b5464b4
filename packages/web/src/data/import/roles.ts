import { type ColumnMapping, isTelling, type LabelDefinition, readValue } from "@countersign/core";
import type { Preview } from "./preview.ts";

/** What a column becomes. Every column is kept with the record; `kept` is that and nothing more. */
export type Role = "kept" | "key" | "text" | "metadata" | `gold:${string}`;

const goldOf = (label: string): Role => `gold:${label}`;

const keyNames =
  /^(|id|key|_id|uuid|index|idx|(record|row|doc|document|tweet|message|post)[ _-]?id)$/i;
const textNames =
  /^(text|content|sentence|message|tweet|comment|review|body|document|post|utterance|premise|headline)s?$/i;

/** A first guess, one role a column: names first, then the longest cells for the text, then cells that are options. */
export function guessRoles(
  { columns, rows }: Preview,
  labels: readonly LabelDefinition[],
): readonly Role[] {
  const cells = (place: number) =>
    rows.map((row) => row[place] ?? "").filter((cell) => cell !== "");
  const named = columns.findIndex((name) => textNames.test(name));
  const text = named >= 0 ? named : longest(columns.map((_, place) => cells(place)));
  const key = columns.findIndex(
    (name, place) =>
      place !== text && keyNames.test(name) && new Set(cells(place)).size === rows.length,
  );
  const taken = new Set<string>();
  return columns.map((name, place) => {
    if (place === text) return "text";
    if (place === key) return "key";
    const label = labels.find(
      (definition) =>
        !taken.has(definition.name) &&
        isTelling(definition, name) &&
        cells(place).length > 0 &&
        cells(place).every((cell) => readValue(definition, cell) !== undefined),
    );
    if (!label) return "kept";
    taken.add(label.name);
    return goldOf(label.name);
  });
}

/** The place of the column with the longest cells on average. */
function longest(columns: readonly (readonly string[])[]): number {
  const lengths = columns.map((cells) =>
    cells.length === 0 ? 0 : cells.reduce((sum, cell) => sum + cell.length, 0) / cells.length,
  );
  return lengths.indexOf(Math.max(...lengths));
}

/** Gives a column a role; a role of which there is one only is taken from the column that had it. */
export const withRole = (roles: readonly Role[], place: number, role: Role): readonly Role[] =>
  roles.map((other, at) => {
    if (at === place) return role;
    return other === role && role !== "kept" && role !== "metadata" ? "kept" : other;
  });

/** The roles as the import takes them; undefined while no column is the text. */
export function mappingOf(
  columns: readonly string[],
  roles: readonly Role[],
  labels: readonly LabelDefinition[],
): ColumnMapping | undefined {
  const column = (role: Role) => columns[roles.indexOf(role)];
  const text = column("text");
  if (text === undefined) return undefined;
  const key = column("key");
  const gold = labels.flatMap(({ name }) => {
    const from = column(goldOf(name));
    return from === undefined ? [] : [[name, from] as const];
  });
  return {
    text,
    ...(key !== undefined && { key }),
    metadata: columns.filter((_, place) => roles[place] === "metadata"),
    gold: Object.fromEntries(gold),
    labels: [],
    controls: {},
  };
}

/** What a column can become, with the words for it. */
export const roleChoices = (
  labels: readonly LabelDefinition[],
): readonly { readonly value: Role; readonly label: string }[] => [
  { value: "kept", label: "kept with the record" },
  { value: "text", label: "the text" },
  { value: "key", label: "the key" },
  { value: "metadata", label: "searchable metadata" },
  ...labels.map(({ name }) => ({ value: goldOf(name), label: `true ${name} (gold)` })),
];
