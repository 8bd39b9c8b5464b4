import { type Deletion, ok, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { toDeletion } from "./select.ts";

/** A page of deletions, newest first; those that are done are forgotten after a day. */
export async function list(
  { db }: Engine,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Deletion[]; next: string | null }, never>> {
  const before = Number(after);
  const rows = await db
    .selectFrom("deletions")
    .selectAll()
    .$if(after !== undefined && Number.isSafeInteger(before), (query) =>
      query.where("id", "<", before),
    )
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  const items = rows.slice(0, limit).map(toDeletion);
  const last = items.at(-1);
  return ok({ items, next: rows.length > limit && last ? String(last.id) : null });
}
