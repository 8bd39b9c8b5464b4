import { readFile } from "node:fs/promises";
import { ColumnMapping, type MetadataColumn } from "@countersign/core";
import type { Countersign } from "@countersign/sdk";
import type { z } from "zod";
import { UsageError } from "../../usage.ts";

/** What the command line says of a file's columns. */
export interface MappingOptions {
  readonly key?: string | undefined;
  readonly text?: string | undefined;
  readonly turns?: string | undefined;
  readonly image?: string | undefined;
  readonly metadata?: readonly string[] | undefined;
  readonly metadataText?: readonly string[] | undefined;
  readonly gold?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
  readonly person?: readonly string[] | undefined;
  readonly codes?: readonly string[] | undefined;
  readonly control?: readonly string[] | undefined;
  readonly mapping?: string | undefined;
}

/** Whether anything is said about where the content is, or that there is none. */
export const saysWhatIsWhat = (options: MappingOptions): boolean =>
  [options.text, options.turns, options.image, options.mapping].some((one) => one !== undefined) ||
  (options.key !== undefined &&
    [options.gold, options.model, options.person].some((list) => list !== undefined));

/** The mapping that the options make, over that of `--mapping FILE` where there is one. */
export async function mappingOf(
  client: Countersign,
  project: string,
  options: MappingOptions,
): Promise<ColumnMapping> {
  const base: z.input<typeof ColumnMapping> =
    options.mapping === undefined ? {} : await mappingIn(options.mapping);
  const labelFor = soleLabel(client, project);
  const codes = new Map<string, Record<string, string | null>>();
  for (const given of options.codes ?? []) {
    const [label, written] = await split(given, ":", labelFor);
    codes.set(label, { ...codes.get(label), ...codesIn(written) });
  }
  const gold: z.input<typeof ColumnMapping>["gold"] = { ...base.gold };
  for (const given of options.gold ?? []) {
    const [label, column] = await split(given, "=", labelFor);
    const meant = codes.get(label);
    gold[label] = meant ? { column, codes: meant } : column;
  }
  const labels = [...(base.labels ?? [])];
  for (const kind of ["model", "person"] as const)
    for (const given of options[kind] ?? []) {
      const [label, rest] = await split(given, "=", labelFor);
      const [column, name] = parted(rest);
      const by = name?.startsWith("@") ? { column: name.slice(1) } : { name: name ?? column };
      labels.push({ label, column, by, kind, codes: codes.get(label) ?? {} });
    }
  const controls = { ...base.controls };
  for (const given of options.control ?? []) {
    const at = given.indexOf("=");
    if (at <= 0)
      throw new UsageError(
        `--control ${given}: write FILE-NAME=LABEL, or FILE-NAME= to leave it out`,
      );
    controls[given.slice(0, at)] = given.slice(at + 1) || null;
  }
  const content = [options.text, options.turns, options.image].some((one) => one !== undefined)
    ? { text: options.text, turns: options.turns, image: options.image }
    : {};
  const read = ColumnMapping.safeParse({
    ...base,
    ...content,
    ...(options.key !== undefined && { key: options.key }),
    metadata: metadataOf(base.metadata, options),
    gold,
    labels,
    controls,
  });
  if (read.success) return read.data;
  throw new UsageError(`The mapping is not valid: ${read.error.issues[0]?.message ?? ""}.`);
}

function metadataOf(
  base: MetadataColumn[] = [],
  { metadata, metadataText }: MappingOptions,
): MetadataColumn[] {
  if (!metadata && !metadataText) return base;
  const text = (metadataText ?? []).map((column) => ({ column, as: "text" }) as const);
  return [...(metadata ?? []), ...text];
}

async function mappingIn(file: string): Promise<z.input<typeof ColumnMapping>> {
  const text = await readFile(file, "utf8").catch((error: Error) => {
    throw new UsageError(`--mapping ${file} cannot be read: ${error.message}`);
  });
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `--mapping ${file} is no JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
  const read = ColumnMapping.safeParse(document);
  if (read.success) return read.data;
  const { path = [], message = "" } = read.error.issues[0] ?? {};
  throw new UsageError(`--mapping ${file} is no mapping: ${path.join(".")}: ${message}`);
}

/** `LABEL=COLUMN`, or `COLUMN` alone where the schema has one label. */
async function split(
  given: string,
  mark: string,
  labelFor: (given: string) => Promise<string>,
): Promise<readonly [label: string, rest: string]> {
  const at = given.indexOf(mark);
  return at > 0 ? [given.slice(0, at), given.slice(at + 1)] : [await labelFor(given), given];
}

/** `COLUMN=NAME`; a column's name may have the mark in it, so the last one parts. */
function parted(rest: string): readonly [column: string, name: string | undefined] {
  const at = rest.lastIndexOf("=");
  return at > 0 ? [rest.slice(0, at), rest.slice(at + 1)] : [rest, undefined];
}

/** `1=biased,0=not biased,?=`: an empty meaning stands for no label. */
function codesIn(written: string): Record<string, string | null> {
  const codes = written.split(",").map((pair) => {
    const at = pair.indexOf("=");
    if (at <= 0)
      throw new UsageError(
        `--codes: “${pair}” is no code. Write LABEL:CODE=VALUE,CODE=VALUE; CODE= stands for no label.`,
      );
    return [pair.slice(0, at).trim(), pair.slice(at + 1).trim() || null] as const;
  });
  return Object.fromEntries(codes);
}

/** The schema's one label, asked for once and only where it is not named. */
function soleLabel(client: Countersign, project: string): (given: string) => Promise<string> {
  let names: Promise<string[]> | undefined;
  return async (given) => {
    names ??= client.schemas
      .get({ project })
      .then(({ document }) => document.labels.map((label) => label.name));
    const [only, ...others] = await names;
    if (only !== undefined && others.length === 0) return only;
    const choices = (await names).map((name) => `${name}=${given}`).join(" | ");
    throw new UsageError(`Which label is “${given}” about? ${choices}`);
  };
}
