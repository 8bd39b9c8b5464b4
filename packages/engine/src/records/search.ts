import type { Problem, Result, Search, SearchPage } from "@countersign/core";
import type { Engine } from "../engine.ts";
import { findProject } from "../projects/index.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { countAll, type PlacedRecord, readPage } from "./page.ts";
import { reviewLabels } from "./review-labels.ts";
import { searching } from "./searching.ts";

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
  const listing = { projectId: project.value.id, where, sort };

  return searching(engine.db, where, async (db) => {
    const found = await readPage(db, listing, position.value, limit + 1);
    const page = found.slice(0, limit);
    const labels = await reviewLabels(
      db,
      page.map(({ id }) => id),
    );
    const last = found.length > limit ? page.at(-1) : undefined;
    return {
      records: page.map((record) => ({ ...toRecord(record), labels: labels.get(record.id) ?? [] })),
      next: last ? writeCursor(sort, last) : null,
      count: count ? await countAll(db, listing) : null,
    };
  });
}

const toRecord = ({ id, key, content, metadata, created_at }: PlacedRecord) => ({
  id,
  key,
  content,
  metadata,
  createdAt: created_at,
});
