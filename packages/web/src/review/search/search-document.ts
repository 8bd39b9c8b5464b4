import type { Condition, LabelStatus, SearchInput } from "@countersign/core";
import type { Filter, StatusFilter } from "./review-search.ts";

/** Whose labels are reviewed: one job's, of one name. */
export interface Reviewed {
  readonly job: number;
  readonly label: string;
}

const statuses: Readonly<Record<StatusFilter, readonly LabelStatus[] | undefined>> = {
  unverified: ["unverified"],
  verified: ["confirmed", "corrected"],
  confirmed: ["confirmed"],
  corrected: ["corrected"],
  any: undefined,
};

/** Whether a label that stands so belongs under the filter; all else that a filter asks never changes by a verdict. */
export const belongs = (filter: StatusFilter, status: LabelStatus): boolean =>
  statuses[filter]?.includes(status) ?? true;

/** The search document for the filter: every record it finds has the reviewed label. */
export function searchDocument(
  { job, label }: Reviewed,
  filter: Filter,
): Pick<SearchInput, "where" | "sort"> {
  const confidence = {
    ...(filter.from !== undefined && { ">=": filter.from }),
    ...(filter.below !== undefined && { "<": filter.below }),
  };
  const status = statuses[filter.status];
  const judged: Condition = {
    label: {
      name: label,
      by: { job },
      ...(filter.values && { value: [...filter.values] }),
      ...(Object.keys(confidence).length > 0 && { confidence }),
      ...(status && { status: [...status] }),
    },
  };
  return {
    where: filter.keyword
      ? { all: [judged, { keyword: { text: filter.keyword, caseSensitive: false } }] }
      : judged,
    sort:
      filter.order === "imported"
        ? { by: "id", order: "ascending" }
        : {
            by: "confidence",
            job,
            name: label,
            order: filter.order === "least-confident" ? "ascending" : "descending",
          },
  };
}
