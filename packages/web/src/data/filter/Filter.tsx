import {
  type Condition,
  isChoice,
  type Job,
  type LabelDefinition,
  type LabelledRecord,
} from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { OptionMark } from "../../label/OptionMark.tsx";
import { sayingWord } from "../../label/saying.ts";
import { Choice } from "../../sentence/Choice.tsx";
import { ConfidencePart } from "../../sentence/ConfidencePart.tsx";
import partStyles from "../../sentence/Part.module.css";
import { Sentence } from "../../sentence/Sentence.tsx";
import { Several } from "../../sentence/Several.tsx";
import { namesOf } from "../metadata/typed.ts";
import { everything, type Standing } from "../search.ts";
import { isNarrowed, searchDocument } from "../search-document.ts";
import { SaveSubset } from "../subset/SaveSubset.tsx";
import { AddPart } from "./AddPart.tsx";
import { ByPart } from "./ByPart.tsx";
import type { FilterPartProps } from "./filter-part.ts";
import { withCondition, withoutCondition } from "./further.ts";
import { OrderPart } from "./OrderPart.tsx";
import { conditionWords } from "./words.ts";

export interface FilterProps extends FilterPartProps {
  /** The schema's labels; none before the first schema. */
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  readonly project: string;
  /** The first of the records shown, whose metadata and annotators are offered. */
  readonly records: readonly LabelledRecord[];
}

const standings: readonly (readonly [Standing, string])[] = [
  ["any", "verified or not"],
  ["none", "without a label"],
  ["unverified", "unverified"],
  ["confirmed", "confirmed"],
  ["corrected", "corrected"],
];

/** Which records are shown, as a sentence whose parts open their control. */
export function Filter({ search, labels, jobs, project, records, onChange }: FilterProps) {
  const definition = labels.find(({ name }) => name === search.label) ?? labels[0];
  const asked = searchDocument(search, labels);
  return (
    <Sentence name="Which records are shown">
      <span>Records</span>
      {search.keyword !== undefined && (
        <>
          <span>containing</span>
          <UnstyledButton
            className={partStyles.part}
            data-set
            onClick={() => onChange({ keyword: undefined })}
            title="Show records without it too"
          >
            “{search.keyword}” <span aria-hidden="true">×</span>
            <span className="spoken">, remove</span>
          </UnstyledButton>
        </>
      )}
      {definition && (
        <>
          <span>whose</span>
          {labels.length > 1 ? (
            <Choice
              name="Label"
              set={search.label !== undefined}
              options={labels.map(({ name }) => [name, name])}
              chosen={definition.name}
              onChoose={(label) => onChange({ label, values: undefined })}
            />
          ) : (
            <span>{definition.name}</span>
          )}
          <span>by</span>
          <ByPart search={search} jobs={jobs} records={records} onChange={onChange} />
          {isChoice(definition) && (
            <>
              <span>{sayingWord(definition)}</span>
              <Several
                name="Value"
                any="any value"
                options={definition.options.map(({ value, text, colour }, place) => ({
                  value,
                  text,
                  mark: <OptionMark place={place} colour={colour} />,
                }))}
                chosen={search.values ?? []}
                onChoose={(values) => onChange({ values })}
              />
            </>
          )}
          <span>and</span>
          <Choice
            name="State"
            set={search.standing !== "any"}
            options={standings}
            chosen={search.standing}
            onChoose={(standing) => onChange({ standing })}
          />
          <span>with</span>
          <ConfidencePart from={search.from} below={search.below} onChange={onChange} />
        </>
      )}
      {(search.and ?? []).map((condition, place) => (
        <Further
          // biome-ignore lint/suspicious/noArrayIndexKey: the same condition may stand twice
          key={place}
          condition={condition}
          onRemove={() => onChange(withoutCondition(search, place))}
        />
      ))}
      <AddPart
        project={project}
        labels={labels}
        jobs={jobs}
        records={records}
        onAdd={(condition) => onChange(withCondition(search, condition))}
      />
      <span>in</span>
      <OrderPart search={search} names={[...namesOf(records).keys()]} onChange={onChange} />
      <SaveSubset
        project={project}
        where={asked.where}
        sort={asked.sort}
        names={[...namesOf(records).keys()]}
        onSaved={(subset) => onChange({ ...everything, and: [{ subset }] })}
      />
      {isNarrowed(search) && (
        <UnstyledButton className={partStyles.part} onClick={() => onChange(everything)}>
          show all
        </UnstyledButton>
      )}
    </Sentence>
  );
}

/** A condition that was added, in words; pressing it takes it away. */
function Further({
  condition,
  onRemove,
}: {
  readonly condition: Condition;
  readonly onRemove: () => void;
}) {
  const words = conditionWords(condition);
  return (
    <UnstyledButton
      className={partStyles.part}
      data-set
      onClick={onRemove}
      title={`${words}: show records without it too`}
    >
      {words} <span aria-hidden="true">×</span>
      <span className="spoken">, remove</span>
    </UnstyledButton>
  );
}
