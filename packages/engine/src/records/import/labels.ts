import {
  type Codes,
  fold,
  kindWords,
  type LabelDefinition,
  type LabelValue,
  readValue,
} from "@countersign/core";
import { faultInCell } from "../file/limits.ts";
import type { BroughtLabel } from "../file/part.ts";
import type { ImportPlan } from "./mapping.ts";
import { quoted } from "./quoted.ts";

/** Whose label it is. */
type By = BroughtLabel["by"];

/**
 * Reads a cell as a label's value: what its codes say that it stands for, else an option's value or text. No value where the
 * cell is empty, or its code stands for none.
 */
export function readLabel(
  definition: LabelDefinition,
  cell: string,
  codes: Codes,
  text: string | undefined,
): { readonly value: LabelValue | undefined } | { readonly fault: string } {
  const written = cell.trim();
  if (written === "") return { value: undefined };
  const meant = decoded(written, codes);
  if (meant === null) return { value: undefined };
  const value = readValue(definition, meant === undefined ? cell : meant, text);
  return value === undefined
    ? { fault: `holds ${quoted(cell)}, which is ${whatItIsNot(definition)}` }
    : { value };
}

function whatItIsNot(definition: LabelDefinition): string {
  const { kind, level, name } = definition;
  if (level === "span") return `no list of spans within the text for the label ${quoted(name)}`;
  if (kind === "single" || kind === "multiple") return `no option of the label ${quoted(name)}`;
  return `no ${kindWords(definition)}, as the label ${quoted(name)} asks for`;
}

/** What a cell's code stands for, or those of a list of codes; undefined where it is none. */
function decoded(cell: string, codes: Codes): string | null | undefined {
  if (Object.hasOwn(codes, cell)) return codes[cell];
  if (!cell.startsWith("[") || Object.keys(codes).length === 0) return undefined;
  try {
    const list: unknown = JSON.parse(cell);
    if (!Array.isArray(list)) return undefined;
    const meant = list.map((one: unknown) => {
      const code = String(one);
      return Object.hasOwn(codes, code) ? codes[code] : one;
    });
    return JSON.stringify(meant.filter((one) => one !== null));
  } catch {
    return undefined;
  }
}

/** A label as it is staged. */
export function labelJson(
  { kind, name: annotator }: By,
  { name }: LabelDefinition,
  value: LabelValue,
  confidence?: number,
  at?: string,
): string {
  return JSON.stringify({ kind, annotator, name, value, confidence, at });
}

/** A label that a file brings along, as it is staged; why it is left out; or what is wrong with it. */
export function broughtLabel(
  { control, by, cell, confidence, at }: BroughtLabel,
  { mapping, definitions }: ImportPlan,
  text: string | undefined,
):
  | { readonly json: string | undefined }
  | { readonly leftOut: string }
  | { readonly fault: string } {
  const target = labelOf(control, mapping.controls, definitions);
  if (target === null) return { json: undefined };
  if (target === undefined)
    return { leftOut: `labels named ${quoted(control)}, which the schema does not have` };
  const name = faultInName(by.name);
  if (name !== undefined) return { fault: `has an annotator whose name ${name}` };
  const written = cellFor(target, cell);
  const unfit = faultInCell(written);
  if (unfit !== undefined) return { fault: unfit };
  const read = readLabel(target, written, {}, text);
  if ("fault" in read) return read;
  if (read.value === undefined) return { json: undefined };
  const sure = by.kind === "model" ? confidence : undefined;
  return { json: labelJson(by, target, read.value, sure, at) };
}

/** The schema's label that a file's own name of one means: as it was said, else the one with that name; null for none. */
export function labelOf(
  control: string,
  controls: Readonly<Record<string, string | null>>,
  definitions: readonly LabelDefinition[],
): LabelDefinition | null | undefined {
  const said = Object.hasOwn(controls, control) ? controls[control] : control;
  if (said === null || said === undefined) return null;
  return (
    definitions.find(({ name }) => name === said) ??
    definitions.find(({ name }) => fold(name) === fold(said))
  );
}

/** A list with one choice is that choice, where one is asked for. */
function cellFor({ kind }: LabelDefinition, cell: BroughtLabel["cell"]): string {
  if (typeof cell === "string") return cell;
  const [only = ""] = cell;
  const several = kind === "multiple" || kind === "ranking" || cell.length > 1;
  return several ? JSON.stringify(cell) : only;
}

/** Why a cell names no annotator. */
export function faultInName(name: string): string | undefined {
  if (name === "") return "is empty; whose label it is has to be said";
  if (name.length > 200) return "is too long for an annotator's name";
  if (/\p{Cc}/u.test(name)) return "holds a control character, as no annotator's name may";
  return undefined;
}
