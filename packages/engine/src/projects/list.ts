import { ok, type Project, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { selectProjects } from "./select.ts";

/** A page of projects, by name. `next` is the `after` of the page that follows; null on the last. */
export async function list(
  engine: Engine,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<Result<{ items: Project[]; next: string | null }, never>> {
  const found = await selectProjects(engine.db)
    .$if(after !== undefined, (query) => query.where("name", ">", after ?? ""))
    .orderBy("name")
    .limit(limit + 1)
    .execute();
  const items = found.slice(0, limit);
  return ok({ items, next: found.length > limit ? (items.at(-1)?.name ?? null) : null });
}
