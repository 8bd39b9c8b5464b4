import { type Label, type LabelledRecord, standingLabel } from "@countersign/core";
import type { DataSearch } from "../search.ts";

/** The label a row shows under a name: that of the annotator asked for, else the one that stands. */
export function shownLabel(
  { labels }: LabelledRecord,
  name: string,
  by: DataSearch["by"],
): Label | undefined {
  const named = labels.filter((label) => label.name === name);
  if (by === undefined) return standingLabel(named);
  return named.find(({ annotator }) =>
    by === "gold" ? annotator.kind === "gold" : annotator.job === by,
  );
}
