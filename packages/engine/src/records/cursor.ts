import { canonicalJson, err, ok, type Problem, type Result, type Sort } from "@countersign/core";
import type { PlacedRecord } from "./page.ts";

/** The record that a page ended with, by what it is sorted by. */
export type Position = Pick<PlacedRecord, "id" | "key" | "confidence">;

/** Writes a position down for the caller to hand back, together with the order it is a position in. */
export function writeCursor(sort: Sort, { id, key, confidence }: Position): string {
  const at = sort.by === "key" ? { key } : sort.by === "id" ? { id } : { id, confidence };
  return Buffer.from(JSON.stringify([canonicalJson(sort), at])).toString("base64url");
}

/** Reads what {@link writeCursor} wrote, for the same order. */
export function readCursor(
  sort: Sort,
  cursor: string | undefined,
): Result<Position | undefined, Problem<"search-invalid">> {
  if (cursor === undefined) return ok(undefined);
  const at = parse(cursor, canonicalJson(sort));
  if (at) return ok(at);
  return err({
    type: "search-invalid",
    what: "The page that `after` names does not belong to a search in this order.",
    next: "Pass the `next` of the page before, with the same sort; or leave `after` out to begin at the start.",
  });
}

function parse(cursor: string, order: string): Position | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed[0] !== order) return undefined;
  const { id = 0, key = "", confidence = 0 }: Partial<Record<string, unknown>> = Object(parsed[1]);
  if (!Number.isSafeInteger(id) || typeof id !== "number" || typeof key !== "string")
    return undefined;
  if (confidence !== null && typeof confidence !== "number") return undefined;
  return { id, key, confidence };
}
