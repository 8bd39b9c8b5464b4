import type { Job, LabelDefinition } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { OptionMark } from "../../label/OptionMark.tsx";
import { Choice } from "../../sentence/Choice.tsx";
import { ConfidencePart } from "../../sentence/ConfidencePart.tsx";
import partStyles from "../../sentence/Part.module.css";
import { Sentence } from "../../sentence/Sentence.tsx";
import { Several } from "../../sentence/Several.tsx";
import { everything, type Standing } from "../search.ts";
import { isNarrowed } from "../search-document.ts";
import { ByPart } from "./ByPart.tsx";
import type { FilterPartProps } from "./filter-part.ts";
import { OrderPart } from "./OrderPart.tsx";

export interface FilterProps extends FilterPartProps {
  /** The schema's labels; none before the first schema. */
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
}

const standings: readonly (readonly [Standing, string])[] = [
  ["any", "verified or not"],
  ["none", "without a label"],
  ["unverified", "unverified"],
  ["confirmed", "confirmed"],
  ["corrected", "corrected"],
];

/** Which records are shown, as a sentence whose parts open their control. */
export function Filter({ search, labels, jobs, onChange }: FilterProps) {
  const definition = labels.find(({ name }) => name === search.label) ?? labels[0];
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
          <ByPart search={search} jobs={jobs} onChange={onChange} />
          {definition.kind === "single" && definition.level === "record" && (
            <>
              <span>is</span>
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
      <span>in</span>
      <OrderPart search={search} onChange={onChange} />
      {isNarrowed(search) && (
        <UnstyledButton className={partStyles.part} onClick={() => onChange(everything)}>
          show all
        </UnstyledButton>
      )}
    </Sentence>
  );
}
