import {
  explainReason,
  type FaultGroup,
  type Job,
  type Outcome,
  type ReasonReport,
} from "@countersign/core";
import { type Kysely, sql } from "kysely";
import { staying } from "../../records/index.ts";
import type { Database } from "../../store/database.ts";

/** So many items of a reason are looked at, so many groups and examples are told, and so much of a reply. */
const mostLooked = 1000;
const mostGroups = 5;
const mostExamples = 3;
const mostOfReply = 2000;
const mostOfText = 400;

/** A group's example with the group it is of. */
interface Example {
  readonly reason: string;
  readonly outcome: Outcome;
  readonly looked: number;
  /** The group's among those of its reason, the commonest first. */
  readonly place: number;
  readonly words: string | null;
  readonly items: number;
  readonly recordId: number;
  readonly key: string;
  readonly content: string;
  readonly reply: string | null;
}

/** Why a job's items have no label, the commonest reason first, and what came instead of one. */
export async function faultsOf(
  db: Kysely<Database>,
  projectId: number,
  { id, progress }: Pick<Job, "id" | "progress">,
): Promise<ReasonReport[]> {
  const reasons = Object.entries(progress.reasons)
    .filter(([, items]) => items > 0)
    .toSorted(([, a], [, b]) => b - a);
  if (reasons.length === 0) return [];
  const names = reasons.map(([name]) => name);
  const byReason = Map.groupBy(await examples(db, projectId, id, names), ({ reason }) => reason);
  return reasons.flatMap(([reason, items]) => {
    const of = byReason.get(reason) ?? [];
    const [first] = of;
    // Counted an instant after they were looked for; the next report has them.
    if (!first) return [];
    const { outcome, looked } = first;
    return [{ outcome, reason, ...explainReason(reason), items, looked, groups: groupsOf(of) }];
  });
}

function groupsOf(examples: readonly Example[]): FaultGroup[] {
  const groups = Map.groupBy(examples, ({ place }) => place);
  return [...groups.values()].flatMap((of) =>
    of.slice(0, 1).map(({ words, items }) => ({
      words,
      items,
      examples: of.map(({ recordId: id, key, content, reply }) => ({
        record: { id, key, content },
        reply,
      })),
    })),
  );
}

/**
 * The first examples of the commonest groups of each reason. Words that differ in case or white space alone are one
 * group; so are failures whose words differ in figures alone, such as the seconds they ask to wait.
 */
async function examples(
  db: Kysely<Database>,
  projectId: number,
  job: number,
  reasons: readonly string[],
): Promise<Example[]> {
  const { rows } = await sql<Example>`
    with looked as (
      select reason.name as reason, item.position, item.record_id, item.outcome, item.message, item.reply_keys,
        regexp_replace(lower(trim(item.message)), case when coalesce(cardinality(item.reply_keys), 0) = 0
          then '[0-9]+|[[:space:]]+' else '[[:space:]]+' end, ' ', 'g') as sameness
      from unnest(${reasons}::text[]) as reason (name)
      cross join lateral (
        select position, record_id, outcome, message, reply_keys from job_items
        where job_id = ${job} and reason = reason.name
          and ${staying("job_items", "record_id")}
        order by position limit ${mostLooked}) as item
    ), groups as (
      select reason, sameness, count(*) as items, sum(count(*)) over (partition by reason) as looked,
        (array_agg(position order by position))[1:${sql.lit(mostExamples)}] as positions,
        row_number() over (partition by reason order by count(*) desc, min(position)) as place
      from looked group by reason, sameness
    )
    select groups.reason, looked.outcome, groups.looked::int, groups.place, first.message as words, groups.items,
      records.id as "recordId", records.key, left(records.content, ${mostOfText}) as content,
      left(replies.text, ${mostOfReply}) as reply
    from groups
    cross join lateral unnest(groups.positions) as example (position)
    join looked on looked.reason = groups.reason and looked.position = example.position
    join looked as first on first.reason = groups.reason and first.position = groups.positions[1]
    join records on records.id = looked.record_id
    left join replies on replies.project_id = ${projectId} and replies.key = looked.reply_keys[1]
    where groups.place <= ${mostGroups}
    order by groups.reason, groups.place, example.position`.execute(db);
  return rows;
}
