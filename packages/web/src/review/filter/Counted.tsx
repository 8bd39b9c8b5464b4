import type { LabelStatus } from "@countersign/core";
import { count } from "../../format/number.ts";
import { type Counted as Of, useLabelSummary } from "./use-label-summary.ts";

export interface CountedProps {
  readonly of: Of;
  readonly status: LabelStatus;
}

/** A status with the number of labels that stand so. */
export function Counted({ of, status }: CountedProps) {
  const summary = useLabelSummary(of);
  return (
    <>
      {status} {summary && `(${count(summary.statuses[status])})`}
    </>
  );
}
