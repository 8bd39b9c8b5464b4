import { Choice } from "../../sentence/Choice.tsx";
import type { Order } from "../search.ts";
import type { FilterPartProps } from "./filter-part.ts";

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

/** In which order. */
export function OrderPart({ search, onChange }: FilterPartProps) {
  return (
    <Choice
      name="Order"
      set={search.order !== "imported"}
      options={typeof search.by === "number" ? ordersOfJob : orders}
      chosen={search.order}
      onChoose={(order) => onChange({ order })}
    />
  );
}
