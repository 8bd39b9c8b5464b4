import type { Condition, Job, LabelDefinition, LabelledRecord } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { Part } from "../../sentence/Part.tsx";
import styles from "./add/AddForm.module.css";
import { ConflictForm } from "./add/ConflictForm.tsx";
import { DocumentForm } from "./add/DocumentForm.tsx";
import { MetadataForm } from "./add/MetadataForm.tsx";
import { OutcomeForm } from "./add/OutcomeForm.tsx";
import { SimilarForm } from "./add/SimilarForm.tsx";
import { SubsetForm } from "./add/SubsetForm.tsx";
import { TextForm } from "./add/TextForm.tsx";

export interface AddPartProps {
  readonly project: string;
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  /** Some of the records shown: what their metadata and annotators are called is offered. */
  readonly records: readonly LabelledRecord[];
  readonly onAdd: (condition: Condition) => void;
}

const kinds = [
  ["metadata", "metadata is …"],
  ["subset", "in a subset …"],
  ["text", "words or a pattern …"],
  ["conflict", "in conflict …"],
  ["outcome", "a job’s outcome …"],
  ["similar", "similar to …"],
  ["document", "any other condition …"],
] as const;

type Kind = (typeof kinds)[number][0];

/** The part of the sentence that adds another condition. */
export function AddPart(props: AddPartProps) {
  return (
    <Part name="Add a condition" says="and …" set={false}>
      {(close) => (
        <Kinds
          {...props}
          onAdd={(condition) => {
            close();
            props.onAdd(condition);
          }}
        />
      )}
    </Part>
  );
}

function Kinds({ project, labels, jobs, records, onAdd }: AddPartProps) {
  const [kind, setKind] = useState<Kind>();
  const form = { project, onAdd };
  switch (kind) {
    case undefined:
      return (
        <div className={styles.kinds}>
          {kinds
            .filter(([one]) => one !== "conflict" || labels.length > 0)
            .map(([one, words]) => (
              <UnstyledButton key={one} className={styles.kind} onClick={() => setKind(one)}>
                {words}
              </UnstyledButton>
            ))}
        </div>
      );
    case "metadata":
      return <MetadataForm {...form} names={metadataNames(records)} />;
    case "subset":
      return <SubsetForm {...form} />;
    case "text":
      return <TextForm {...form} />;
    case "conflict":
      return <ConflictForm {...form} labels={labels} jobs={jobs} people={peopleOf(records)} />;
    case "outcome":
      return <OutcomeForm {...form} jobs={jobs} />;
    case "similar":
      return <SimilarForm {...form} />;
    case "document":
      return <DocumentForm {...form} />;
  }
}

/** The names that records' metadata have, in order of appearance. */
export const metadataNames = (records: readonly LabelledRecord[]): string[] => [
  ...new Set(records.flatMap(({ metadata }) => Object.keys(metadata))),
];

const peopleOf = (records: readonly LabelledRecord[]): string[] => [
  ...new Set(
    records.flatMap(({ labels }) =>
      labels.flatMap(({ annotator }) => (annotator.kind === "person" ? [annotator.name] : [])),
    ),
  ),
];
