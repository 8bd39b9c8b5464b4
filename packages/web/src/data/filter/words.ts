import {
  type AnnotatorReference,
  type Comparison,
  type Condition,
  type LabelValue,
  type Sort,
  saidIn,
  type Says as WhatIsSaid,
} from "@countersign/core";

type Says<Kind extends string> = Extract<Condition, Record<Kind, unknown>>[Kind];

/** A condition in words that go on from “records”: “in the subset pilot”, “where stars ≥ 3”. */
export function conditionWords(condition: Condition): string {
  if ("all" in condition) return joined(condition.all, " and ", "any");
  if ("any" in condition) return joined(condition.any, " or ", "none");
  if ("not" in condition) return `not ${joined(condition.not, " or ", "none")}`;
  if ("keyword" in condition) return keywordWords(condition.keyword);
  if ("regex" in condition) return `matching /${condition.regex.pattern}/`;
  if ("key" in condition) return `with the key ${several(condition.key)}`;
  if ("metadata" in condition)
    return `where ${Object.entries(condition.metadata)
      .map(([name, asked]) => comparisonWords(name, asked))
      .join(" and ")}`;
  if ("label" in condition) return labelWords(condition.label);
  if ("conflict" in condition) return conflictWords(condition.conflict);
  if ("outcome" in condition)
    return `that job ${condition.outcome.job} left ${condition.outcome.is.join(" or ").replaceAll("-", " ")}`;
  if ("subset" in condition) return `in the subset ${condition.subset}`;
  if ("assignment" in condition) return assignedWords(condition.assignment);
  return similarWords(condition.similar);
}

const joined = (conditions: readonly Condition[], between: string, none: string): string =>
  conditions.length === 0 ? none : `(${conditions.map(conditionWords).join(between)})`;

function keywordWords({ text, match }: Says<"keyword">): string {
  if (match === "all") return `containing all of “${text}”`;
  return match === "any" ? `containing any of “${text}”` : `containing “${text}”`;
}

const signs = { "==": "is", "!=": "is not", "<": "<", "<=": "≤", ">": ">", ">=": "≥" } as const;

function comparisonWords(name: string, asked: Comparison): string {
  const parts = Object.entries(signs).flatMap(([operator, sign]) => {
    const operand = asked[operator as keyof typeof signs];
    return operand === undefined ? [] : [`${name} ${sign} ${operand}`];
  });
  if (asked.in) parts.push(`${name} is ${several(asked.in.map(String))}`);
  if (asked.exists !== undefined)
    parts.push(asked.exists ? `${name} is there` : `${name} is missing`);
  return parts.join(" and ");
}

function labelWords({ name, by, value, says, status, verified, ...rest }: Says<"label">): string {
  const parts = [
    `labelled${name === undefined ? "" : ` for ${name}`}`,
    ...(by ? [`by ${annotatorWords(by)}`] : []),
    ...(value ? [`as ${several(value.map(valueWords))}`] : []),
    ...(says ? [saysWords(says)] : []),
    ...(status ? [status.join(" or ")] : []),
    ...(verified
      ? [
          `with a verdict${verified.by ? ` of ${several(verified.by)}` : ""}${boundsWords(verified.at)}`,
          ...(verified.value ? [`that it is ${several(verified.value.map(valueWords))}`] : []),
          ...(verified.says ? [saysWords(verified.says)] : []),
        ]
      : []),
    ...(rest.confidence ? [`with a confidence${boundsWords(rest.confidence)}`] : []),
    ...(rest.schemaVersion
      ? [`under schema version ${several(rest.schemaVersion.map(String))}`]
      : []),
    ...(rest.at ? [`made${boundsWords(rest.at)}`] : []),
    ...Object.entries(rest.metadata ?? {}).map(
      ([of, asked]) => `with ${comparisonWords(of, asked)}`,
    ),
  ];
  return parts.join(" ");
}

const valueWords = (value: LabelValue): string =>
  Array.isArray(value) && value.length === 0 ? "nothing" : saidIn(value).join(" + ");

function saysWords({ any, all, first, keyword, ...bounds }: WhatIsSaid): string {
  const parts = [
    ...(any ? [`saying ${several(any)}`] : []),
    ...(all ? [`saying ${all.join(" and ")}`] : []),
    ...(first ? [`ranking ${several(first)} first`] : []),
    ...(keyword ? [keywordWords(keyword)] : []),
    boundsWords(bounds).trim(),
  ];
  return parts.filter((part) => part !== "").join(" and ");
}

const boundsWords = (
  bounds: Readonly<Partial<Record<"<" | "<=" | ">" | ">=", string | number | undefined>>> = {},
): string =>
  (["<", "<=", ">", ">="] as const)
    .flatMap((operator) =>
      bounds[operator] === undefined ? [] : [` ${signs[operator]} ${bounds[operator]}`],
    )
    .join(" and");

function conflictWords({ label, among }: Says<"conflict">): string {
  const between = among ? ` between ${among.map(annotatorWords).join(", ")}` : "";
  return `in conflict${label === undefined ? "" : ` over ${label}`}${between}`;
}

export function annotatorWords(by: AnnotatorReference): string {
  if ("job" in by) return `job ${by.job}`;
  if ("gold" in by) return "gold";
  if ("model" in by) return `model ${by.model}`;
  return "person" in by ? by.person : `agent ${by.agent}`;
}

function similarWords({ to, by, top }: Says<"similar">): string {
  const seeds =
    "keys" in to
      ? several(to.keys)
      : "text" in to
        ? `“${to.text}”`
        : "ids" in to
          ? to.ids.length === 1
            ? "one record"
            : `${to.ids.length} records`
          : "a vector";
  const vectors = by === undefined || by === "text" ? "" : ` by ${by.vector}`;
  return `most similar to ${seeds}${vectors}, ${top} at most`;
}

const assigned = {
  open: "open in",
  held: "in hand in",
  skipped: "passed over in",
  done: "done in",
  complete: "complete in",
} as const;

const assignedWords = ({ name, is, by }: Says<"assignment">): string =>
  `${is ? assigned[is] : "of"} the assignment ${name}${by ? ` by ${several(by)}` : ""}`;

/** The first few of many. */
function several(values: readonly string[]): string {
  if (values.length > 4) return `${values.slice(0, 3).join(", ")} or ${values.length - 3} more`;
  return values.length < 2
    ? values.join()
    : `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
}

/** What records are ordered by, in words that go on from “in order of”. */
export function sortWords(sort: Sort): string {
  const [up, down] = sort.order === "ascending" ? ["↑", "↑"] : ["↓", "↓"];
  switch (sort.by) {
    case "similarity":
      return sort.order === "descending" ? "likeness, most first" : "likeness, least first";
    case "metadata":
      return `${sort.name} ${up}`;
    case "subset":
      return `the subset ${sort.subset}`;
    case "label":
      return `${sort.name}’s ${typeof sort.fact === "object" ? sort.fact.metadata : sort.fact} ${up}`;
    case "confidence":
      return `confidence ${down}`;
    default:
      return `${sort.by} ${down}`;
  }
}
