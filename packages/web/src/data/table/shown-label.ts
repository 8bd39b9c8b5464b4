import { type Label, type LabelledRecord, standingLabel } from "@countersign/core";
import type { DataSearch } from "../search.ts";

/** The label a row shows under a name: that of the annotator asked for, else the one that stands. */
export function shownLabel(
  { labels }: LabelledRecord,
  label: string,
  by: DataSearch["by"],
): Label | undefined {
  const named = labels.filter((one) => one.name === label);
  if (by === undefined) return standingLabel(named);
  return named.find(({ annotator: { kind, job, name } }) =>
    typeof by === "number"
      ? job === by
      : kind === "gold"
        ? by === "gold"
        : by === `${kind}:${name}`,
  );
}
