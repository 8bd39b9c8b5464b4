import type { LabelStatus } from "@countersign/core";
import { memo, type ReactNode, type RefObject } from "react";
import { count } from "../../format/number.ts";
import { OptionMark } from "../../label/OptionMark.tsx";
import { Choice } from "../../sentence/Choice.tsx";
import { ConfidencePart } from "../../sentence/ConfidencePart.tsx";
import { Sentence } from "../../sentence/Sentence.tsx";
import { Several } from "../../sentence/Several.tsx";
import type { Filter, Order, ReviewSearch, StatusFilter } from "../search/review-search.ts";
import type { Subject } from "../use-subject.ts";
import { Counted } from "./Counted.tsx";
import { Histogram } from "./Histogram.tsx";
import { KeywordBox } from "./KeywordBox.tsx";
import { useLabelSummary } from "./use-label-summary.ts";

export interface FilterSentenceProps {
  readonly project: string;
  readonly subject: Subject;
  readonly filter: Filter;
  readonly keywordBox: RefObject<HTMLInputElement | null>;
  readonly onChange: (change: Partial<ReviewSearch>) => void;
}

const orders: readonly (readonly [Order, string])[] = [
  ["least-confident", "confidence ↑"],
  ["most-confident", "confidence ↓"],
  ["imported", "order of import"],
];

/** Which labels are reviewed and in what order, as a sentence whose parts open their controls. */
export const FilterSentence = memo(function FilterSentence(props: FilterSentenceProps) {
  const { project, subject, filter, keywordBox, onChange } = props;
  const { job, jobs, definition } = subject;
  const of = { project, job: job.id, label: definition.name };
  const summary = useLabelSummary(of);
  const counted = (status: LabelStatus) =>
    [status, <Counted key={status} of={of} status={status} />] as const;
  const statuses: readonly (readonly [StatusFilter, ReactNode])[] = [
    counted("unverified"),
    counted("confirmed"),
    counted("corrected"),
    ["verified", "confirmed or corrected"],
    ["any", "verified or not"],
  ];
  const inAll = new Map(summary?.values.map(({ value, n }) => [value, n]));

  return (
    <Sentence name="Which labels are reviewed">
      <span>labels by</span>
      <Choice
        name="Job"
        set={false}
        says={`${job.agent.name}${job.simulated ? " (simulated)" : ""}, job ${job.id}`}
        options={jobs.map(({ id, agent, simulated, labelled }) => [
          String(id),
          `${agent.name}${simulated ? " (simulated)" : ""}, job ${id} · ${count(labelled)}`,
        ])}
        chosen={String(job.id)}
        onChoose={(id) => onChange({ job: Number(id), label: undefined, values: undefined })}
      />
      {job.labels.length > 1 && (
        <>
          <span>for</span>
          <Choice
            name="Label"
            set={false}
            options={job.labels.map((name) => [name, name])}
            chosen={definition.name}
            onChoose={(label) => onChange({ label, values: undefined })}
          />
        </>
      )}
      <span>where</span>
      <ConfidencePart
        from={filter.from}
        below={filter.below}
        onChange={onChange}
        distribution={(from, below) => <Histogram of={of} from={from} below={below} />}
      />
      <span>and</span>
      <Choice
        name="Status"
        set={filter.status !== "any"}
        says={filter.status === "verified" ? "verified" : statusWords(filter.status)}
        options={statuses}
        chosen={filter.status}
        onChoose={(status) => onChange({ status })}
      />
      {definition.kind === "single" && definition.level === "record" && (
        <>
          <span>and</span>
          <Several
            name="Value"
            any="any value"
            options={definition.options.map(({ value, text, colour }, place) => ({
              value,
              text: summary ? `${text} (${count(inAll.get(value) ?? 0)})` : text,
              mark: <OptionMark place={place} colour={colour} />,
            }))}
            chosen={filter.values ?? []}
            onChoose={(values) => onChange({ values })}
          />
        </>
      )}
      <span>sorted by</span>
      <Choice
        name="Order"
        set={false}
        options={orders}
        chosen={filter.order}
        onChoose={(order) => onChange({ order })}
      />
      <KeywordBox
        key={filter.keyword}
        input={keywordBox}
        keyword={filter.keyword}
        onSearch={(keyword) => onChange({ keyword })}
      />
    </Sentence>
  );
});

const statusWords = (status: StatusFilter): string =>
  status === "any" ? "verified or not" : status;
