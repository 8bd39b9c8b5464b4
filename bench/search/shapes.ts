import type { SearchInput } from "@countersign/core";
import type { LoadedCorpus } from "../corpus/load.ts";

/** A kind of search, with what one would write by hand for it. */
export interface Shape {
  readonly name: string;
  readonly search: SearchInput;
  /** What follows `from records as r` for the first page, `where r.project_id = …` left out: joins, conditions, order. */
  readonly byHand: { readonly join?: string; readonly where?: string; readonly order?: string };
}

/** Each shape of search on a corpus; words of the corpus are such as its generator makes. */
export function shapesOf({
  jobs: [first, second],
  annotators: [one, other],
}: LoadedCorpus): Shape[] {
  const tone = (job: number, more: object) => ({ label: { name: "tone", by: { job }, ...more } });
  const label = (more: string, annotator = one) =>
    `exists (select from labels l where l.record_id = r.id and l.annotator_id = ${annotator} and l.name = 'tone' ${more})`;
  const sorted = `join labels s on s.record_id = r.id and s.annotator_id = ${one} and s.name = 'tone'`;
  const keyword = (text: string, match?: "all" | "any") => ({
    keyword: { text, ...(match && { match }) },
  });
  return [
    { name: "every record", search: {}, byHand: {} },
    {
      name: "keyword, frequent",
      search: { where: keyword("case 1") },
      byHand: { where: "r.content ilike '%case 1%'" },
    },
    {
      name: "keyword, one record",
      search: { where: keyword("(case 7777)") },
      byHand: { where: "r.content ilike '%(case 7777)%'" },
    },
    {
      name: "keyword, none",
      search: { where: keyword("qzxkw") },
      byHand: { where: "r.content ilike '%qzxkw%'" },
    },
    {
      name: "keyword of two letters, none",
      search: { where: keyword("qz") },
      byHand: { where: "r.content ilike '%qz%'" },
    },
    {
      name: "all of two words",
      search: { where: keyword("chou 123", "all") },
      byHand: { where: "r.content ilike '%chou%' and r.content ilike '%123%'" },
    },
    {
      name: "regular expression",
      search: { where: { regex: { pattern: "case 99[0-9]+7\\)" } } },
      byHand: { where: "r.content ~* 'case 99[0-9]+7\\)'" },
    },
    {
      name: "one key",
      search: { where: { key: ["r7777"] } },
      byHand: { where: "r.key = 'r7777'" },
    },
    {
      name: "1,000 keys",
      search: { where: { key: Array.from({ length: 1000 }, (_, n) => `r${n * 9}`) } },
      byHand: {
        where: `r.key = any(array[${Array.from({ length: 1000 }, (_, n) => `'r${n * 9}'`).join()}])`,
      },
    },
    {
      name: "metadata, frequent",
      search: { where: { metadata: { stars: { ">=": 4 } } } },
      byHand: { where: "(r.metadata -> 'stars')::int >= 4" },
    },
    {
      name: "metadata, two moments",
      search: { where: { metadata: { day: { ">=": "2025-06-01", "<": "2025-06-03" } } } },
      byHand: {
        where: "r.metadata ->> 'day' >= '2025-06-01' and r.metadata ->> 'day' < '2025-06-03'",
      },
    },
    {
      name: "sorted by metadata",
      search: { sort: { by: "metadata", name: "day", order: "descending" } },
      byHand: { order: "r.metadata ->> 'day' desc, r.id desc" },
    },
    {
      name: "label of a job",
      search: { where: tone(first, { value: ["negative"] }) },
      byHand: { where: label(`and l.value = '"negative"'`) },
    },
    {
      name: "sorted by a label's value",
      search: { sort: { by: "label", name: "tone", of: { job: first }, fact: "value" } },
      byHand: { join: sorted, order: "s.value, s.record_id" },
    },
    {
      name: "unverified, least confident first",
      search: {
        where: tone(first, { status: ["unverified"] }),
        sort: { by: "confidence", job: first, name: "tone" },
      },
      byHand: {
        join: sorted,
        where: "s.status = 'unverified'",
        order: "s.confidence, s.record_id",
      },
    },
    {
      name: "confidence between, most confident first",
      search: {
        where: tone(first, { confidence: { ">=": 0.5, "<": 0.8 } }),
        sort: { by: "confidence", job: first, name: "tone", order: "descending" },
      },
      byHand: {
        join: sorted,
        where: "s.confidence >= 0.5 and s.confidence < 0.8",
        order: "s.confidence desc, s.record_id desc",
      },
    },
    {
      name: "label metadata",
      search: { where: tone(first, { metadata: { latency: { ">": 2200 } } }) },
      byHand: { where: label("and (l.metadata -> 'latency')::int > 2200") },
    },
    {
      name: "corrected by one person, newest first",
      search: {
        where: tone(first, { status: ["corrected"], verified: { by: ["ann"] } }),
        sort: {
          by: "label",
          name: "tone",
          of: { job: first },
          fact: "verifiedAt",
          order: "descending",
        },
      },
      byHand: {
        join: sorted,
        where: "s.status = 'corrected' and s.verified_by = 'ann' and s.verified_at is not null",
        order: "s.verified_at desc, s.record_id desc",
      },
    },
    {
      name: "outcome of a job",
      search: { where: { outcome: { job: first, is: ["refused"] } } },
      byHand: {
        join: `join job_items i on i.record_id = r.id and i.job_id = ${first}`,
        where: "i.outcome = 'refused'",
      },
    },
    {
      name: "done in an assignment by one person",
      search: { where: { assignment: { name: "work", is: "done", by: ["ann"] } } },
      byHand: {
        join: `join assignment_items i on i.record_id = r.id
          and i.assignment_id = (select id from assignments where project_id = r.project_id and name = 'work')
          join assignment_parts p on p.assignment_id = i.assignment_id and p.position = i.position`,
        where: "p.person = 'ann' and p.state = 'done'",
      },
    },
    {
      name: "sorted by key",
      search: { sort: { by: "key" } },
      byHand: { order: "r.key" },
    },
    {
      name: "conflict between two jobs",
      search: { where: { conflict: { label: "tone", among: [{ job: first }, { job: second }] } } },
      byHand: {
        join: `join labels a on a.record_id = r.id and a.annotator_id = ${one} and a.name = 'tone'
          join labels b on b.record_id = r.id and b.annotator_id = ${other} and b.name = 'tone'`,
        where: "a.value <> b.value",
      },
    },
    {
      name: "conflict, least confident first",
      search: {
        where: { conflict: { label: "tone", among: [{ job: first }, { job: second }] } },
        sort: { by: "confidence", job: first, name: "tone" },
      },
      byHand: {
        join: `${sorted}
          join labels b on b.record_id = r.id and b.annotator_id = ${other} and b.name = 'tone'`,
        where: "s.value <> b.value and s.confidence is not null",
        order: "s.confidence, s.record_id",
      },
    },
    {
      name: "any of, nested, with not",
      search: {
        where: {
          any: [
            { all: [keyword("chou"), tone(first, { value: ["negative"] })] },
            { not: [tone(second, { status: ["unverified"] })] },
          ],
        },
      },
      byHand: {
        where: `((r.content ilike '%chou%' and ${label(`and l.value = '"negative"'`)})
          or not ${label("and l.status = 'unverified'", other)})`,
      },
    },
    {
      name: "frozen subset, in its order",
      search: { where: { subset: "sample" }, sort: { by: "subset", subset: "sample" } },
      byHand: {
        join: "join subset_members m on m.record_id = r.id and m.subset_id = (select id from subsets where project_id = r.project_id and name = 'sample')",
        order: "m.position",
      },
    },
  ];
}

/** Similar records have no page by hand that is simpler than what is run; they are measured by themselves. */
export const similarShape: SearchInput = {
  where: { similar: { to: { keys: ["r5"] }, top: 50 } },
  sort: { by: "similarity" },
};
