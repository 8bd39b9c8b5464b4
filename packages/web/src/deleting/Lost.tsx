import type { Lost as LostCounts } from "@countersign/core";
import { counted } from "../format/number.ts";

/** What would go, counted. */
export function Lost({ lost }: { readonly lost: LostCounts }) {
  const { records, jobs, labels, verifications } = lost;
  const parts = [
    ...(records > 0 ? [counted(records, "record")] : []),
    ...(jobs > 0 ? [counted(jobs, "job")] : []),
    counted(labels, "label"),
    counted(verifications, "verdict"),
  ];
  return (
    <p>
      {parts.slice(0, -1).join(", ")} and {parts.at(-1)} go for good. This cannot be undone.
    </p>
  );
}
