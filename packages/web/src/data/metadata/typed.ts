import type { LabelledRecord, Metadata, Scalar } from "@countersign/core";

/** What a value of metadata can be, as people write it: metadata itself has texts for days. */
export const kinds = [
  { value: "text", label: "text" },
  { value: "number", label: "number" },
  { value: "boolean", label: "yes or no" },
  { value: "day", label: "day" },
] as const;

export type Kind = (typeof kinds)[number]["value"];

/** A value as it is being written. */
export interface Written {
  readonly kind: Kind;
  readonly text: string;
}

/** The value that is written; undefined while it is none of its kind. */
export function scalarOf({ kind, text }: Written): Scalar | undefined {
  switch (kind) {
    case "text":
      return text === "" ? undefined : text;
    case "boolean":
      return text === "true";
    case "day":
      return /^\d{4}-\d{2}-\d{2}$/.test(text) ? text : undefined;
    case "number": {
      const number = Number(text);
      return text.trim() !== "" && Number.isFinite(number) ? number : undefined;
    }
  }
}

/** How a value that is there would be written; undefined where it is a list or the like. */
export function writtenOf(value: Metadata[string] | undefined): Written | undefined {
  if (typeof value === "number") return { kind: "number", text: String(value) };
  if (typeof value === "boolean") return { kind: "boolean", text: String(value) };
  if (typeof value !== "string") return undefined;
  return { kind: /^\d{4}-\d{2}-\d{2}$/.test(value) ? "day" : "text", text: value };
}

/** The names that records' metadata have, in order of appearance, each with the kind of its first value. */
export function namesOf(records: readonly Pick<LabelledRecord, "metadata">[]): Map<string, Kind> {
  const names = new Map<string, Kind>();
  for (const { metadata } of records)
    for (const [name, value] of Object.entries(metadata))
      if (!names.has(name)) names.set(name, writtenOf(value)?.kind ?? "text");
  return names;
}
