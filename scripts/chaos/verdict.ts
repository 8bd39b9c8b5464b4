import { saidOf } from "../../bench/texts.ts";
import { ask } from "./witness.ts";

interface Ended {
  readonly key: string;
  readonly outcome: string | null;
  readonly reason: string | null;
  readonly labels: number;
  readonly value: string | null;
  readonly replied: boolean;
}

/** How the job's items stand in the end: a count of each outcome, and everything that is not as it must be. */
export async function examine(
  dataDir: string,
  items: number,
): Promise<{ readonly outcomes: Readonly<Record<string, number>>; readonly wrongs: string[] }> {
  const ended = await ask<Ended>(
    dataDir,
    `select records.key, outcome, reason,
        (select count(*)::int from labels where labels.record_id = item.record_id) as labels,
        (select value #>> '{}' from labels where labels.record_id = item.record_id limit 1) as value,
        exists (select from replies where replies.project_id = records.project_id
          and replies.key = item.reply_keys[1]) as replied
      from job_items as item join records on records.id = item.record_id`,
  );
  const counted = await ask<{ key: string; n: number }>(
    dataDir,
    "select key, n from job_counters where counter = 'outcome'",
  );
  if (!ended || !counted) return { outcomes: {}, wrongs: ["the database does not answer"] };

  const outcomes: Record<string, number> = {};
  for (const { outcome, reason } of ended) {
    const name = [outcome ?? "none", reason].filter((part) => part !== null).join(": ");
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  const total = counted.reduce((sum, { n }) => sum + n, 0);
  return {
    outcomes,
    wrongs: [
      ...(ended.length === items ? [] : [`there are ${ended.length} items`]),
      ...(total === items ? [] : [`the running totals count ${total} outcomes`]),
      ...ended.flatMap((item) => wrongWith(item).map((wrong) => `item ${item.key} ${wrong}`)),
    ],
  };
}

/** The simulator refuses nothing and knows no wrong label, so an item is labelled as it says or had all its attempts. */
function wrongWith({ key, outcome, labels, value, replied }: Ended): string[] {
  if (outcome === "labelled")
    return [
      ...(labels === 1 ? [] : [`is labelled and has ${labels} labels`]),
      ...(value === saidOf(Number(key)) ? [] : [`is labelled ${value}, which nobody said`]),
      ...(replied ? [] : ["is labelled and its reply is gone"]),
    ];
  if (outcome === "failed") return labels === 0 ? [] : ["failed and has a label"];
  return [`ended as ${outcome}`];
}
