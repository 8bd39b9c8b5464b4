import { type Reextraction, sameValue } from "@countersign/core";
import { type Kysely, sql } from "kysely";
import type { Logger } from "pino";
import type { Database } from "../../store/database.ts";
import { addCounts } from "../counts.ts";
import { notifyProgress } from "../notices.ts";
import { type Count, labelCounts, outcomeCounts } from "../progress.ts";
import type { Assignment } from "../worker/assignment.ts";
import type { KeptReply, Sample, Verdict } from "../worker/finished-item.ts";
import { judgeReplies } from "../worker/judge.ts";
import { insertLabels } from "../worker/store.ts";
import { storedReplies } from "../worker/stored-replies.ts";
import { type Differences, differencesOf, type StoredLabel } from "./differences.ts";
import {
  type AnsweredItem,
  deleteLabels,
  lockItems,
  lockLabels,
  updateItems,
  updateLabels,
} from "./items.ts";

/** Items of one transaction: few enough that their replies with all their probabilities fit into memory. */
const batchSize = 500;

/** What became of some items, and the position of the last; null when there was none left. */
export interface BatchResult {
  readonly counts: Omit<Reextraction, "next">;
  readonly last: number | null;
}

/**
 * Reads the stored replies of the next items again and stores what is different, with outcomes and totals, all or
 * nothing. Rows are locked in the order in which workers and verdicts lock them. Done twice, the second time changes
 * nothing.
 */
export function reextractBatch(
  db: Kysely<Database>,
  assignment: Assignment,
  after: number,
  log: Logger,
): Promise<BatchResult> {
  return db.transaction().execute(async (trx) => {
    const items = await lockItems(trx, assignment, after, batchSize);
    const keys = items.flatMap(({ replyKeys, refinedKeys }) => [
      ...replyKeys,
      ...(refinedKeys ?? []).filter((key) => key !== null),
    ]);
    const replies = await storedReplies(trx, assignment.projectId, keys);
    const labelsOf = await lockLabels(trx, assignment, items);
    const read = items.flatMap((item) => {
      const samples = samplesOf(item, replies);
      return samples.length > 0 ? [readAgain(assignment, item, samples, labelsOf(item), log)] : [];
    });
    const moved = read.filter(({ item, verdict }) => !sameEnd(item, verdict));

    const lost = read.flatMap(({ differences }) => differences.lost);
    const updated = read.flatMap(({ differences }) => differences.updated);
    await updateItems(
      trx,
      assignment.job,
      moved.map(({ item, verdict }) => ({ ...verdict, position: item.position })),
    );
    await deleteLabels(
      trx,
      lost.map(({ id }) => id),
    );
    await updateLabels(
      trx,
      updated.map(({ old, now }) => ({ ...now, id: old.id })),
    );
    await insertLabels(
      trx,
      assignment,
      read.map(({ item, differences }) => ({
        recordId: item.recordId,
        labels: differences.gained,
      })),
    );
    await addCounts(
      trx,
      assignment.job,
      read.flatMap((item) => countsOf(assignment, item)),
    );
    await dropEmptyCounts(trx, assignment.job);
    await notifyProgress(trx, assignment.job);
    return {
      counts: {
        replies: read.length,
        gained: sum(read, ({ differences }) => differences.gained.length),
        changed: updated.filter(({ old, now }) => !sameValue(old.value, now.value)).length,
        lost: lost.length,
        kept: sum(read, ({ kept }) => kept),
        outcomes: moved.length,
      },
      last: items.at(-1)?.position ?? null,
    };
  });
}

/** An item with what its reply says now. */
interface ReadItem {
  readonly item: AnsweredItem;
  readonly verdict: Verdict;
  readonly differences: Differences;
  /** Judged labels that would be read otherwise. */
  readonly kept: number;
}

/** An item's samples as they are stored. */
function samplesOf(
  { replyKeys, refinedKeys, attempts }: AnsweredItem,
  replies: ReadonlyMap<string, KeptReply>,
): Sample[] {
  const find = (key: Buffer | null | undefined) => key && replies.get(key.toString("hex"));
  const paid = attempts > 0;
  return replyKeys.flatMap((key, index) => {
    const reply = find(key);
    const second = find(refinedKeys?.[index]);
    return reply ? [{ reply, paid, refined: second ? { reply: second, paid } : undefined }] : [];
  });
}

/** Labels that a person has judged stand as answered, whatever the reply says now; the others are read again. */
function readAgain(
  assignment: Assignment,
  item: AnsweredItem,
  samples: readonly Sample[],
  {
    open,
    judged,
  }: { readonly open: readonly StoredLabel[]; readonly judged: readonly StoredLabel[] },
  log: Logger,
): ReadItem {
  const fixed = new Set(judged.map(({ name }) => name));
  const judge = (labels: Assignment["labels"]) =>
    judgeReplies({ ...assignment, labels }, samples, item.content, item.attempts, log);
  const verdict = judge(assignment.labels.filter(({ name }) => !fixed.has(name)));
  const again = judge(assignment.labels.filter(({ name }) => fixed.has(name)));
  const kept = judged.filter(
    ({ name, value }) =>
      !again.labels.some((label) => label.name === name && sameValue(label.value, value)),
  );
  return { item, verdict, differences: differencesOf(open, verdict), kept: kept.length };
}

const sameEnd = (item: AnsweredItem, verdict: Verdict): boolean =>
  item.outcome === verdict.outcome &&
  item.reason === verdict.reason &&
  item.message === verdict.message;

/** What reading an item again changes in its job's totals. */
const countsOf = (
  { labels: definitions }: Assignment,
  { item, verdict, differences: { gained, updated, lost } }: ReadItem,
): Count[] => [
  ...outcomeCounts(item.outcome, item.reason, -1),
  ...outcomeCounts(verdict.outcome, verdict.reason, 1),
  ...[...lost, ...updated.map(({ old }) => old)].flatMap(({ name, value }) =>
    labelCounts(definitions, name, value, -1),
  ),
  ...[...gained, ...updated.map(({ now }) => now)].flatMap(({ name, value }) =>
    labelCounts(definitions, name, value, 1),
  ),
];

/** A reason or value that no item has any more is not told of. */
async function dropEmptyCounts(db: Kysely<Database>, job: number): Promise<void> {
  await sql`
    delete from job_counters where job_id = ${job} and n = 0
      and (counter in ('outcome', 'reason') or counter like 'label:%')`.execute(db);
}

const sum = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((total, item) => total + of(item), 0);
