import { Sort } from "@countersign/core";
import { Choice } from "../../sentence/Choice.tsx";
import type { Order } from "../search.ts";
import type { FilterPartProps } from "./filter-part.ts";
import { sortWords } from "./words.ts";

const orders: readonly (readonly [Order, string])[] = [
  ["imported", "order of import"],
  ["key", "order of key"],
];

/** Confidence orders one job's labels only. */
const ordersOfJob: readonly (readonly [Order, string])[] = [
  ...orders,
  ["least-confident", "order of confidence, least first"],
  ["most-confident", "order of confidence, most first"],
];

/** So many names of metadata are offered. */
const mostNames = 8;

export interface OrderPartProps extends FilterPartProps {
  /** Names of metadata that the records shown have. */
  readonly names: readonly string[];
}

/** In which order. */
export function OrderPart({ search, names, onChange }: OrderPartProps) {
  const sorts = furtherSorts(search, names);
  const chosen = search.sort ? written(search.sort) : search.order;
  return (
    <Choice
      name="Order"
      set={search.sort !== undefined || search.order !== "imported"}
      options={[
        ...(typeof search.by === "number" ? ordersOfJob : orders),
        ...sorts.map((sort) => [written(sort), `order of ${sortWords(sort)}`] as const),
      ]}
      chosen={chosen}
      onChoose={(value) => {
        const sort = sorts.find((one) => written(one) === value);
        const order = ordersOfJob.find(([one]) => one === value)?.[0] ?? "imported";
        onChange({ sort, order });
      }}
    />
  );
}

/** Orders that what is shown allows: by metadata, by likeness, that of a subset, and the one that the address names. */
function furtherSorts(
  { and = [], sort }: FilterPartProps["search"],
  names: readonly string[],
): Sort[] {
  const sorts = [
    ...and.flatMap((condition): Sort[] => {
      if ("similar" in condition) return [{ by: "similarity", order: "descending" }];
      return "subset" in condition
        ? [{ by: "subset", subset: condition.subset, order: "ascending" }]
        : [];
    }),
    ...names.slice(0, mostNames).flatMap((name): Sort[] => [
      { by: "metadata", name, order: "ascending" },
      { by: "metadata", name, order: "descending" },
    ]),
    ...(sort ? [sort] : []),
  ];
  return [...new Map(sorts.map((one) => [written(one), one])).values()];
}

/** The same for the same order, however its properties stand. */
const written = (sort: Sort): string => JSON.stringify(Object.entries(Sort.parse(sort)).sort());
