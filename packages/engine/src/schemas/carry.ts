import {
  type LabelDefinition,
  type LabelValue,
  renamedValue,
  type SchemaDocument,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { Database } from "../store/database.ts";
import { selectVersions } from "./select.ts";

/** A value in the words of a schema version. */
export interface StampedValue {
  readonly value: LabelValue;
  readonly schemaVersion: number;
}

/** Carries values of one version over the renames that came after it. */
export interface Carrier {
  /** The value as it is called now. Without a rename of its label it stays as it is, with its version. */
  carry(name: string, value: LabelValue, from: number): StampedValue;
  /** What the labels of one name, made in a version, are read by now. */
  definition(name: string, from: number): LabelDefinition | undefined;
}

/** Reads what was renamed in a project since a version. */
export async function carrierSince(
  db: Kysely<Database>,
  project: number,
  since: number,
): Promise<Carrier> {
  const versions = await selectVersions(db, project).where("version", ">=", since).execute();
  versions.reverse();
  const find = (document: SchemaDocument | undefined, name: string) =>
    document?.labels.find((label) => label.name === name);
  const renaming = (name: string, from: number) =>
    versions.filter(({ version, renames }) => version > from && Object.hasOwn(renames, name));
  return {
    carry(name, value, from) {
      let carried: StampedValue = { value, schemaVersion: from };
      for (const { version, document, renames } of renaming(name, from)) {
        const definition = find(document, name);
        if (!definition) continue;
        const now = renamedValue(definition, carried.value, renames[name] ?? {});
        if (fits(definition, now)) carried = { value: now, schemaVersion: version };
      }
      return carried;
    },
    definition(name, from) {
      const version = renaming(name, from).at(-1) ?? versions.find((one) => one.version === from);
      return find(version?.document, name);
    },
  };
}

/** Whether every option of a value is one of the definition's. */
function fits(definition: LabelDefinition, value: LabelValue): boolean {
  const options = new Set(
    "options" in definition ? definition.options.map((option) => option.value) : [],
  );
  return [value]
    .flat()
    .flatMap((one) => (typeof one === "object" ? one.value : one))
    .every((one) => typeof one === "string" && options.has(one));
}
