import type { Kysely } from "kysely";
import { batchPrice, type LineResult, readRecorded } from "../../llm/batch/index.ts";
import type { ChatRequest } from "../../llm/chat-model.ts";
import type { Environment } from "../../llm/connection.ts";
import type { ResponseHeaders } from "../../llm/retry-after.ts";
import type { Database } from "../../store/database.ts";
import { addCounts } from "../counts.ts";
import { notifyProgress } from "../notices.ts";
import type { Count } from "../progress.ts";
import type { Assignment } from "../worker/assignment.ts";
import type { KeptReply } from "../worker/finished-item.ts";
import { judgeFailure } from "../worker/judge.ts";
import { insertReplies, lockProject } from "../worker/store.ts";
import { endLines, type LineEnd } from "./lines.ts";

/** Results stored in one transaction. */
const atOnce = 500;

/** A line's end, and the reply where there is one. `called`: the model was asked. */
interface ReadLine extends LineEnd {
  readonly reply: KeptReply | undefined;
  readonly called: boolean;
}

/** What a result is read with. */
export interface Reading {
  readonly assignment: Assignment;
  readonly environment: Environment;
  /** A request like those of the batch, with the same parameters and the same hold on the reply. */
  readonly alike: Omit<ChatRequest, "timeoutMs">;
  /** How long the batch took, in milliseconds. */
  readonly latencyMs: number;
}

/**
 * Stores what became of a batch's lines: replies, at the batch's price, failures, and what was spent. It may be repeated:
 * a line that has ended counts once. Returns how many of the lines were the batch's and open.
 */
export async function storeResults(
  db: Kysely<Database>,
  reading: Reading,
  batch: number,
  results: readonly LineResult[],
  headers: ResponseHeaders,
): Promise<number> {
  let ended = 0;
  for (let from = 0; from < results.length; from += atOnce) {
    const lines: ReadLine[] = [];
    for (const result of results.slice(from, from + atOnce))
      lines.push(await readLine(reading, result, headers));
    ended += await storeLines(db, reading.assignment, batch, lines);
  }
  return ended;
}

async function readLine(
  { assignment, environment, alike, latencyMs }: Reading,
  result: LineResult,
  headers: ResponseHeaders,
): Promise<ReadLine> {
  const key = Buffer.from(result.name, "hex");
  if (result.kind === "none") {
    const { reason, message } = result;
    return { key, failed: { outcome: "failed", reason, message }, reply: undefined, called: false };
  }
  const { agent, pricing } = assignment;
  const read = await readRecorded(agent.model, environment, alike, { ...result, headers });
  if (read.ok) {
    const { headers: _headers, ...reply } = read.value;
    const full = pricing.costOf(reply);
    const cost = full === null ? null : full * batchPrice;
    return { key, failed: undefined, reply: { ...reply, latencyMs, key, cost }, called: true };
  }
  const failure = read.error;
  const failed = failure.kind === "aborted" ? unreadable : judgeFailure(failure);
  return { key, failed, reply: undefined, called: true };
}

/** Reading a result is never given up; should it be, the question counts as not answered. */
const unreadable: LineEnd["failed"] = {
  outcome: "failed",
  reason: "batch-failed",
  message: "The result could not be read.",
};

function storeLines(
  db: Kysely<Database>,
  { job, projectId }: Assignment,
  batch: number,
  lines: readonly ReadLine[],
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    if (!(await lockProject(trx, job))) return 0;
    const ended = await endLines(trx, batch, lines);
    const own = lines.filter(({ key }) => ended.has(key.toString("hex")));
    const replies = own.flatMap(({ reply }) => (reply ? [reply] : []));
    // A record that was deleted meanwhile leaves nothing behind, though it was paid for.
    const wanted = replies.filter(({ key }) => ended.get(key.toString("hex")));
    await insertReplies(trx, projectId, wanted);
    await addCounts(trx, job, [
      { counter: "calls", key: "", n: own.filter(({ called }) => called).length },
      ...replies.flatMap(costs),
    ]);
    await notifyProgress(trx, job);
    return own.length;
  });
}

const costs = ({ usage, cost }: KeptReply): Count[] => [
  { counter: "input-tokens", key: "", n: usage.inputTokens ?? 0 },
  { counter: "output-tokens", key: "", n: usage.outputTokens ?? 0 },
  cost === null ? { counter: "unpriced", key: "", n: 1 } : { counter: "cost", key: "", n: cost },
];
