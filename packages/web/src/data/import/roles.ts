import {
  type Codes,
  type ColumnMapping,
  type ImportPreview,
  type LabelColumn,
  type LabelDefinition,
  type MetadataColumn,
  metadataName,
  type PreviewColumn,
  readValue,
} from "@countersign/core";

/** What a column becomes. Every column is kept with the record; `kept` is that and nothing more. */
export type Role =
  | "kept"
  | "key"
  | "text"
  | "turns"
  | "image"
  | "metadata"
  | "metadata as text"
  | `gold:${string}`
  | `model:${string}`
  | `person:${string}`;

/** A column's role, and what its cells stand for where they are not the options themselves. */
export interface ColumnRole {
  readonly role: Role;
  readonly codes: Codes;
  /** Who gave labels that are not gold; the column's name if left out. */
  readonly by?: LabelColumn["by"] | undefined;
  /** Column with the confidence of a model's labels. */
  readonly confidence?: string | undefined;
}

const kept: ColumnRole = { role: "kept", codes: {} };

/** What the server guessed that a file's columns are. */
export function guessedRoles({ columns, mapping }: ImportPreview): readonly ColumnRole[] {
  const roles = new Map<string, Role>();
  for (const [role, column] of [
    ["key", mapping.key],
    ["text", mapping.text],
    ["turns", mapping.turns],
    ["image", mapping.image],
  ] as const)
    if (column !== undefined) roles.set(column, role);
  for (const given of mapping.metadata)
    roles.set(metadataName(given), typeof given === "string" ? "metadata" : "metadata as text");
  for (const [label, given] of Object.entries(mapping.gold))
    roles.set(typeof given === "string" ? given : given.column, `gold:${label}`);
  for (const { column, label, kind } of mapping.labels) roles.set(column, `${kind}:${label}`);
  return columns.map(({ name }) => {
    const given = mapping.labels.find(({ column }) => column === name);
    return {
      role: roles.get(name) ?? "kept",
      codes: {},
      by: given?.by,
      confidence: given?.confidence,
    };
  });
}

/** Roles of which a file has one column at most. */
const sole = (role: Role): boolean => !/^(kept$|metadata|model:|person:)/.test(role);

const contents: readonly Role[] = ["text", "turns", "image"];

/** Gives a column a role; a role of which there is one only is taken from the column that had it. */
export const withRole = (
  roles: readonly ColumnRole[],
  place: number,
  role: Role,
): readonly ColumnRole[] =>
  roles.map((other, at) => {
    if (at === place) return { role, codes: {} };
    const same = other.role === role || (contents.includes(role) && contents.includes(other.role));
    return same && sole(role) ? kept : other;
  });

/** Says what a column's cell stands for. */
export const withCode = (
  roles: readonly ColumnRole[],
  place: number,
  cell: string,
  meaning: string | null | undefined,
): readonly ColumnRole[] =>
  roles.map((one, at) => {
    if (at !== place) return one;
    const { [cell]: _, ...others } = one.codes;
    return { ...one, codes: meaning === undefined ? others : { ...others, [cell]: meaning } };
  });

/** Says who gave a column's labels, and where a model's confidence in them is. */
export const withMaker = (
  roles: readonly ColumnRole[],
  place: number,
  maker: Pick<ColumnRole, "by" | "confidence">,
): readonly ColumnRole[] => roles.map((one, at) => (at === place ? { ...one, ...maker } : one));

/** The label that a role is about. */
export const labelIn = (
  role: Role,
  labels: readonly LabelDefinition[],
): LabelDefinition | undefined => {
  const at = role.indexOf(":");
  return at < 0 ? undefined : labels.find(({ name }) => name === role.slice(at + 1));
};

/** The cells of a column, as far as looked at, that are no options of its label: what they stand for has to be said. */
export function unreadCells(column: PreviewColumn, label: LabelDefinition): readonly string[] {
  const cells = column.values ?? column.samples;
  return cells.filter((cell) => cell.trim() !== "" && readValue(label, cell) === undefined);
}

/** The roles as the import takes them; undefined while nothing says what the records are. */
export function mappingOf(
  columns: readonly PreviewColumn[],
  roles: readonly ColumnRole[],
  labels: readonly LabelDefinition[],
  controls: ColumnMapping["controls"] = {},
): ColumnMapping | undefined {
  const column = (role: Role) => columns[roles.findIndex((one) => one.role === role)]?.name;
  const content = { text: column("text"), turns: column("turns"), image: column("image") };
  const key = column("key");
  const gold: ColumnMapping["gold"] = {};
  const given: ColumnMapping["labels"] = [];
  for (const [place, { role, codes, by, confidence }] of roles.entries()) {
    const name = columns[place]?.name;
    const label = labelIn(role, labels)?.name;
    if (name === undefined || label === undefined) continue;
    if (role.startsWith("gold:"))
      gold[label] = Object.keys(codes).length > 0 ? { column: name, codes } : name;
    else
      given.push({
        label,
        column: name,
        by: by ?? { name: name || "unnamed" },
        kind: role.startsWith("person:") ? "person" : "model",
        codes,
        ...(confidence !== undefined && { confidence }),
      });
  }
  const named = Object.values(content).some((one) => one !== undefined);
  const labelsOnly = key !== undefined && (given.length > 0 || Object.keys(gold).length > 0);
  if (!named && !labelsOnly) return undefined;
  return {
    ...Object.fromEntries(Object.entries(content).filter(([, one]) => one !== undefined)),
    ...(key !== undefined && { key }),
    metadata: columns.flatMap(({ name }, at): MetadataColumn[] => {
      const role = roles[at]?.role;
      if (role === "metadata as text") return [{ column: name, as: "text" }];
      return role === "metadata" ? [name] : [];
    }),
    gold,
    labels: given,
    controls,
  };
}

/** What a column can become, with the words for it. */
export const roleChoices = (
  labels: readonly LabelDefinition[],
): readonly { readonly value: Role; readonly label: string }[] => [
  { value: "kept", label: "kept with the record" },
  { value: "text", label: "the text" },
  { value: "turns", label: "the conversation" },
  { value: "image", label: "the image's address" },
  { value: "key", label: "the key" },
  { value: "metadata", label: "searchable metadata" },
  { value: "metadata as text", label: "searchable, as text" },
  ...labels.flatMap(({ name }): { value: Role; label: string }[] => [
    { value: `gold:${name}`, label: `true ${name} (gold)` },
    { value: `model:${name}`, label: `${name} by a model` },
    { value: `person:${name}`, label: `${name} by a person` },
  ]),
];
