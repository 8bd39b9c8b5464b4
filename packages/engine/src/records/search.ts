import { ok, type Problem, type Result, type Search, type SearchPage } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { countAll, countQuickly } from "./count.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { indexAfter } from "./metadata-index.ts";
import { type PlacedRecord, readPage } from "./page.ts";
import { rankedIn } from "./resolve.ts";
import { searching } from "./searching.ts";
import { sortKeyOf } from "./sort-key.ts";

/**
 * A page of the records for which a condition holds, each with its labels, gold left out. Pages follow each other
 * without gap or repetition as long as what they are sorted by stays; a page is of one moment.
 */
export async function search(
  engine: Engine,
  { project: name, where, sort, limit, after, count }: { readonly project: string } & Search,
): Promise<Result<SearchPage, Problem<"project-not-found" | "search-invalid">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const position = readCursor(sort, after);
  if (!position.ok) return position;
  const projectId = project.value.id;

  return searching(engine, { project: project.value, where }, async (db, resolved) => {
    const sortKey = await sortKeyOf(db, projectId, sort, resolved);
    if (!sortKey.ok) return sortKey;
    const listing = { projectId, where: resolved, sortKey: sortKey.value, order: sort.order };
    const began = performance.now();
    const found = await readPage(db, listing, position.value, limit + 1);
    indexAfter(engine, projectId, sort, resolved, performance.now() - began);
    const page = found.slice(0, limit);
    const ranked = rankedIn(resolved);
    const scores = new Map(ranked?.ids.map((id, place) => [id, ranked.scores[place]]));
    const last = found.length > limit ? page.at(-1) : undefined;
    return ok({
      records: page.map((record) => {
        const score = scores.get(record.id);
        return { ...toRecord(record), ...(score !== undefined && { score }) };
      }),
      next: last ? writeCursor(sort, last) : null,
      count: !count
        ? null
        : count === "exact"
          ? await countAll(db, listing)
          : after === undefined && !last
            ? { n: page.length, exact: true }
            : await countQuickly(db, listing, found.length),
    });
  });
}

const toRecord = ({
  id,
  key,
  content,
  kind,
  turns,
  metadata,
  created_at,
  labels,
}: PlacedRecord) => ({
  id,
  key,
  content,
  kind,
  turns,
  metadata,
  createdAt: created_at,
  labels,
});
