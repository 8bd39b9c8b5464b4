import type { Job, LabelledRecord } from "@countersign/core";
import { Choice } from "../../sentence/Choice.tsx";
import type { DataSearch } from "../search.ts";
import { annotatorOf } from "../search-document.ts";
import type { FilterPartProps } from "./filter-part.ts";
import { annotatorWords } from "./words.ts";

type By = NonNullable<DataSearch["by"]>;

export interface ByPartProps extends FilterPartProps {
  readonly jobs: readonly Job[];
  /** Some of the records shown: the people and models that have labelled them are offered. */
  readonly records: readonly LabelledRecord[];
}

/** Whose label is meant. */
export function ByPart({ search, jobs, records, onChange }: ByPartProps) {
  const agents = new Map(jobs.map(({ id, agent }) => [id, agent.name]));
  const offered: readonly By[] = [
    ...new Set([
      ...jobs.map(({ id }) => id),
      ...namedIn(records),
      "gold" as const,
      ...(search.by === undefined ? [] : [search.by]),
    ]),
  ];
  const wordsOf = (by: By) => {
    const agent = typeof by === "number" ? agents.get(by) : undefined;
    return `${annotatorWords(annotatorOf(by))}${agent === undefined ? "" : ` (${agent})`}`;
  };
  return (
    <Choice
      name="By"
      set={search.by !== undefined}
      options={[["anybody", "anybody"], ...offered.map((by) => [String(by), wordsOf(by)] as const)]}
      chosen={String(search.by ?? "anybody")}
      onChoose={(chosen) => {
        const by = offered.find((one) => String(one) === chosen);
        onChange({ by, ...(typeof by !== "number" && { order: "imported" as const }) });
      }}
    />
  );
}

/** The models and people that labelled any of these records. */
const namedIn = (records: readonly LabelledRecord[]): By[] =>
  records.flatMap(({ labels }) =>
    labels.flatMap(({ annotator: { kind, name } }): By[] =>
      kind === "model" || kind === "person" ? [`${kind}:${name}`] : [],
    ),
  );
