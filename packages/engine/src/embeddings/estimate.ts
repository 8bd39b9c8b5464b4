import {
  type EmbeddingContent,
  type EmbeddingEstimate,
  ok,
  type Problem,
  type Result,
} from "@countersign/core";
import { sql } from "kysely";
import type { Engine } from "../engine.ts";
import { connectionOf } from "../llm/connection.ts";
import { pricingOf } from "../llm/prices.ts";
import { promptCounter } from "../llm/tokens.ts";
import { findProject } from "../projects/index.ts";
import { matchingRecords, searching } from "../records/index.ts";

/** Texts whose tokens are counted; the others are taken to have as many a character. */
const sampled = 300;
/** Each counted to so many characters. */
const longestCounted = 20_000;

/** What vectors of records will take, before anything is asked or spent. Equal texts are counted as often as they are there. */
export async function estimate(
  engine: Engine,
  { project: name, model, where }: EmbeddingContent & { readonly project: string },
): Promise<Result<EmbeddingEstimate, Problem<"project-not-found" | "search-invalid">>> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;
  const { id } = project.value;
  const connection = connectionOf(model, engine.environment);
  const counter = await promptCounter(connection);
  return searching(engine, { project: project.value, where }, async (db, resolved) => {
    const chosen = matchingRecords(db, id, resolved).clearOrderBy();
    const all = await sql<{ records: number; characters: number }>`
      select count(*) as records, coalesce(sum(length(content)), 0)::bigint as characters
      from records where id in (${chosen})`.execute(db);
    const some = await sql<{ content: string }>`
      select left(content, ${longestCounted}::int) as content from records where id in (${chosen})
      order by md5(key) limit ${sampled}`.execute(db);
    const { records = 0, characters = 0 } = all.rows[0] ?? {};
    const empty = counter.count({ user: "" });
    const counted = some.rows.reduce(
      (sum, { content }) => ({
        tokens: sum.tokens + counter.count({ user: content }) - empty,
        characters: sum.characters + content.length,
      }),
      { tokens: 0, characters: 0 },
    );
    const tokens = Math.round((counted.tokens * characters) / Math.max(1, counted.characters));
    const usage = { inputTokens: tokens, cachedInputTokens: null, outputTokens: null };
    const usd = pricingOf(connection).costOf({ usage, simulated: false });
    return ok({ records, tokens, usd });
  });
}
