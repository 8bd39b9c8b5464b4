import { isChoice, type LabelStatus } from "@countersign/core";
import { memo, type ReactNode, type RefObject } from "react";
import { count } from "../../format/number.ts";
import { OptionMark } from "../../label/OptionMark.tsx";
import { sayingWord } from "../../label/saying.ts";
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
  const { machine, machines, reviewed } = subject;
  const { definition } = reviewed;
  const of = { project, by: machine.by, label: definition.name };
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
        name="Whose labels"
        set={false}
        says={machine.name}
        options={machines.map(({ by, name, labelled }) => [
          JSON.stringify(by),
          `${name} · ${count(labelled)}`,
        ])}
        chosen={JSON.stringify(machine.by)}
        onChoose={(chosen) =>
          onChange({
            job: undefined,
            model: undefined,
            ...machines.find(({ by }) => JSON.stringify(by) === chosen)?.by,
            label: undefined,
            values: undefined,
          })
        }
      />
      {machine.labels.length > 1 && (
        <>
          <span>for</span>
          <Choice
            name="Label"
            set={false}
            options={machine.labels.map((name) => [name, name])}
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
      {isChoice(definition) && (
        <>
          <span>and {sayingWord(definition)}</span>
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
