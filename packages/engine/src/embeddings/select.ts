import type { Embedding } from "@countersign/core";
import type { EmbeddingRow } from "./find.ts";

/** Vectors in the shape that the outside sees. */
export const toEmbedding = (row: EmbeddingRow): Embedding => ({
  name: row.name,
  state: row.state,
  model: row.model,
  dimensions: row.dimensions,
  where: row.condition,
  records: { done: row.done, total: row.total, refused: row.refused },
  refusals: row.refusals,
  tokens: row.tokens,
  usd: row.usd,
  simulated: row.simulated,
  problem: row.problem,
  createdBy: row.created_by,
  createdAt: row.created_at,
  finishedAt: row.finished_at,
});
