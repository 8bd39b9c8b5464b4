import type { LabelValue } from "@countersign/core";

/** A label's value on one line: lists by their items, spans by the words they cover. */
export function valueWords(value: LabelValue, content: string): string {
  if (!Array.isArray(value)) return String(value);
  return value
    .map((one) =>
      typeof one === "string"
        ? one
        : `“${content.slice(one.start, one.end)}” ${[one.value].flat().join(", ")}`,
    )
    .join(", ");
}
