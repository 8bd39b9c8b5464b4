import type { AnnotatorReference, Job, LabelledRecord } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import { annotatorWords } from "../words.ts";

export interface ByFieldProps {
  readonly jobs: readonly Job[];
  /** Some of the records shown: the people and imported models who labelled them are offered. */
  readonly records: readonly LabelledRecord[];
  readonly by: AnnotatorReference | undefined;
  readonly onChange: (by: AnnotatorReference | undefined) => void;
}

/** Asks whose label is meant. */
export function ByField({ jobs, records, by, onChange }: ByFieldProps) {
  const others = new Map(
    records.flatMap(({ labels }) =>
      labels.flatMap(({ annotator: { kind, name } }) => {
        if (kind !== "person" && kind !== "model") return [];
        const who: AnnotatorReference = kind === "person" ? { person: name } : { model: name };
        return [[JSON.stringify(who), who] as const];
      }),
    ),
  );
  const offered: readonly { readonly who: AnnotatorReference; readonly words: string }[] = [
    ...jobs.map(({ id, agent }) => ({ who: { job: id }, words: `job ${id} (${agent.name})` })),
    ...[...others.values()].map((who) => ({ who, words: annotatorWords(who) })),
    { who: { gold: true }, words: "gold" },
  ];
  return (
    <NativeSelect
      label="By"
      data={[
        { value: "", label: "anybody but gold" },
        ...offered.map(({ who, words }) => ({ value: JSON.stringify(who), label: words })),
      ]}
      value={by ? JSON.stringify(by) : ""}
      onChange={({ currentTarget: { value } }) =>
        onChange(offered.find(({ who }) => JSON.stringify(who) === value)?.who)
      }
    />
  );
}
