import type {
  Annotator,
  Condition,
  LabelDefinition,
  LabelStatus,
  SearchInput,
} from "@countersign/core";
import { saying } from "../../label/saying.ts";
import type { Filter, StatusFilter } from "./review-search.ts";

/** A machine whose labels people verify: one of our jobs, or a model whose labels came with a file. */
export type MachineReference = { readonly job: number } | { readonly model: string };

/** Whose labels are reviewed: one machine's, of one name. */
export interface Reviewed {
  readonly by: MachineReference;
  readonly definition: LabelDefinition;
}

/** Whether a label's annotator is the machine that is meant. */
export const isBy = ({ kind, name, job }: Annotator, by: MachineReference): boolean =>
  "job" in by ? job === by.job : kind === "model" && name === by.model;

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
  { by, definition }: Reviewed,
  filter: Filter,
): Pick<SearchInput, "where" | "sort"> {
  const confidence = {
    ...(filter.from !== undefined && { ">=": filter.from }),
    ...(filter.below !== undefined && { "<": filter.below }),
  };
  const status = statuses[filter.status];
  const judged: Condition = {
    label: {
      name: definition.name,
      by,
      ...(filter.values && saying(definition, filter.values)),
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
            by: "label",
            name: definition.name,
            of: by,
            fact: "confidence",
            order: filter.order === "least-confident" ? "ascending" : "descending",
          },
  };
}
