import type { Condition } from "@countersign/core";
import type { DataSearch } from "../search.ts";

/** What the address becomes with one condition more; similar records come in the order of their likeness. */
export function withCondition(
  { and = [], sort }: Pick<DataSearch, "and" | "sort">,
  condition: Condition,
): Partial<DataSearch> {
  const likeness =
    "similar" in condition ? ({ by: "similarity", order: "descending" } as const) : sort;
  return { and: [...and, condition], sort: likeness };
}

/** What it becomes without one of them; an order that hung on it goes too. */
export function withoutCondition(
  { and = [], sort }: Pick<DataSearch, "and" | "sort">,
  place: number,
): Partial<DataSearch> {
  const left = and.filter((_, at) => at !== place);
  const similar = left.some((condition) => "similar" in condition);
  return {
    and: left.length > 0 ? left : undefined,
    sort: sort?.by === "similarity" && !similar ? undefined : sort,
  };
}
