import { canonicalJson, err, ok, type Problem, type Result, type Sort } from "@countersign/core";

/** The record that a page ended with: its id, and what it is sorted by as text, null where it has none. */
export interface Position {
  readonly id: number;
  readonly at: string | null;
}

/** Writes a position down for the caller to hand back, together with the order it is a position in. */
export const writeCursor = (sort: Sort, { id, at }: Position): string =>
  Buffer.from(JSON.stringify([canonicalJson(sort), id, at])).toString("base64url");

/** Reads what {@link writeCursor} wrote, for the same order. */
export function readCursor(
  sort: Sort,
  cursor: string | undefined,
): Result<Position | undefined, Problem<"search-invalid">> {
  if (cursor === undefined) return ok(undefined);
  const position = parse(cursor, canonicalJson(sort));
  return position ? ok(position) : err(foreignCursor);
}

/** What is said of an `after` that no page of this order ended with. */
export const foreignCursor: Problem<"search-invalid"> = {
  type: "search-invalid",
  what: "The page that `after` names does not belong to a search in this order.",
  next: "Pass the `next` of the page before, with the same sort; or leave `after` out to begin at the start.",
};

function parse(cursor: string, order: string): Position | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.length !== 3) return undefined;
  const [sort, id, at]: unknown[] = parsed;
  if (sort !== order || typeof id !== "number" || !Number.isSafeInteger(id)) return undefined;
  return at === null || typeof at === "string" ? { id, at } : undefined;
}
