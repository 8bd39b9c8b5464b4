import {
  type ColumnMapping,
  type ContentKind,
  err,
  type LabelDefinition,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import type { ImportPlan } from "./mapping.ts";
import { quoted } from "./quoted.ts";

/** What is wrong with what was asked, not with the file. */
export const refused = (why: string, next: string): Problem<"import-rejected"> => ({
  type: "import-rejected",
  what: `The file was not imported: ${why}`,
  kept: "Nothing of it was stored; the project is as it was.",
  next,
});

/** Whether a mapping takes labels from columns, for which there has to be a schema. */
export const wantsLabels = ({ gold, labels }: ColumnMapping): boolean =>
  Object.keys(gold).length > 0 || labels.length > 0;

/** Says what is read from which column, the labels by the newest schema. */
export function planImport(
  mapping: ColumnMapping,
  definitions: readonly LabelDefinition[],
): Result<ImportPlan, Problem<"import-rejected">> {
  const content = contentOf(mapping);
  if (!content && !(mapping.key !== undefined && wantsLabels(mapping)))
    return err(
      refused(
        "no column was named for the content.",
        "Name the column with the text, with chat turns or with an image's address; or a key and columns with labels, to add labels to records that are there.",
      ),
    );
  const find = (
    name: string,
    what: string,
  ): Result<LabelDefinition, Problem<"import-rejected">> => {
    const definition = definitions.find((label) => label.name === name);
    if (definition) return ok(definition);
    const names = definitions.map((label) => quoted(label.name)).join(" or ");
    return err(
      refused(
        `${what} is mapped for a label ${quoted(name)}, which the schema does not have.`,
        `Map ${what} for ${names}.`,
      ),
    );
  };
  const gold: ImportPlan["gold"][number][] = [];
  for (const [name, given] of Object.entries(mapping.gold)) {
    const definition = find(name, "gold");
    if (!definition.ok) return definition;
    const { column, codes } = typeof given === "string" ? { column: given, codes: {} } : given;
    gold.push({ definition: definition.value, column, codes });
  }
  const labels: ImportPlan["labels"][number][] = [];
  for (const { label, ...column } of mapping.labels) {
    const definition = find(label, "a column");
    if (!definition.ok) return definition;
    labels.push({ definition: definition.value, ...column });
  }
  return ok({ mapping, content, gold, labels, definitions });
}

function contentOf({ text, turns, image }: ColumnMapping): ImportPlan["content"] {
  const named: readonly (readonly [ContentKind, string | undefined])[] = [
    ["text", text],
    ["chat", turns],
    ["image", image],
  ];
  for (const [kind, column] of named) if (column !== undefined) return { kind, column };
  return undefined;
}
