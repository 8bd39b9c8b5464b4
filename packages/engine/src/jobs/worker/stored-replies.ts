import type { FinishReason, TokenLogprob } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/database.ts";
import type { KeptReply } from "./finished-item.ts";

/** The replies that a project has stored under these keys, by the key in hexadecimal. */
export async function storedReplies(
  db: Kysely<Database>,
  projectId: number,
  keys: readonly Buffer[],
): Promise<Map<string, KeptReply>> {
  const rows = await db
    .selectFrom("replies")
    .selectAll()
    .where("project_id", "=", projectId)
    .where(sql<boolean>`key = any(${keys}::bytea[])`)
    .execute();
  return new Map(
    rows.map((row) => [
      row.key.toString("hex"),
      {
        key: row.key,
        text: row.text,
        // Both were written by `storeBatch`, which knows no other.
        finish: row.finish_reason as FinishReason,
        logprobs: (row.logprobs as readonly TokenLogprob[] | null) ?? undefined,
        usage: {
          inputTokens: row.input_tokens,
          cachedInputTokens: null,
          outputTokens: row.output_tokens,
        },
        cost: row.cost,
        modelVersion: row.model_version,
        latencyMs: row.latency_ms,
        simulated: row.simulated,
      },
    ]),
  );
}
