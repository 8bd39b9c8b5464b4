import type { Job, LabelDefinition, LabelledRecord } from "@countersign/core";
import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { namesOf } from "../../metadata/typed.ts";
import styles from "./AddForm.module.css";
import { AssignmentForm } from "./AssignmentForm.tsx";
import type { AddFormProps } from "./add-form.ts";
import { ConflictForm } from "./ConflictForm.tsx";
import { DocumentForm } from "./DocumentForm.tsx";
import { GroupForm } from "./GroupForm.tsx";
import { KeysForm } from "./KeysForm.tsx";
import { LabelFactForm } from "./LabelFactForm.tsx";
import { MetadataForm } from "./MetadataForm.tsx";
import { OutcomeForm } from "./OutcomeForm.tsx";
import { SaysForm } from "./SaysForm.tsx";
import { SimilarForm } from "./SimilarForm.tsx";
import { SubsetForm } from "./SubsetForm.tsx";
import { TextForm } from "./TextForm.tsx";
import { VerdictForm } from "./VerdictForm.tsx";

export interface ConditionFormProps extends AddFormProps {
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  /** Some of the records shown: what their metadata and annotators are called is offered. */
  readonly records: readonly LabelledRecord[];
}

const kinds = [
  ["metadata", "metadata is …"],
  ["subset", "in a subset …"],
  ["text", "words or a pattern …"],
  ["keys", "with these keys …"],
  ["says", "a label says …"],
  ["verdict", "countersigned by, when …"],
  ["fact", "a label’s model, cost, facts …"],
  ["conflict", "in conflict …"],
  ["outcome", "a job’s outcome …"],
  ["assignment", "in an assignment …"],
  ["similar", "similar to …"],
  ["group", "any or none of several …"],
  ["document", "any other condition …"],
] as const;

type Kind = (typeof kinds)[number][0];

/** Chooses a kind of condition, and then the condition. */
export function ConditionForm(props: ConditionFormProps) {
  const [kind, setKind] = useState<Kind>();
  if (kind === undefined)
    return (
      <div className={styles.kinds}>
        {kinds
          .filter(([one]) => (one !== "conflict" && one !== "says") || props.labels.length > 0)
          .map(([one, words]) => (
            <UnstyledButton key={one} className={styles.kind} onClick={() => setKind(one)}>
              {words}
            </UnstyledButton>
          ))}
      </div>
    );
  return (
    <>
      <UnstyledButton className={styles.kind} onClick={() => setKind(undefined)}>
        <span aria-hidden="true">‹ </span>another kind of condition
      </UnstyledButton>
      <FormOf kind={kind} {...props} />
    </>
  );
}

function FormOf({ kind, ...props }: ConditionFormProps & { readonly kind: Kind }) {
  const { records, act, onAdd } = props;
  switch (kind) {
    case "metadata":
      return <MetadataForm {...props} names={namesOf(records)} />;
    case "subset":
      return <SubsetForm {...props} />;
    case "text":
      return <TextForm {...props} />;
    case "keys":
      return <KeysForm {...props} />;
    case "says":
      return <SaysForm {...props} />;
    case "verdict":
      return <VerdictForm {...props} people={verifiersOf(records)} />;
    case "fact":
      return <LabelFactForm {...props} />;
    case "conflict":
      return <ConflictForm {...props} people={annotatorsOf(records)} />;
    case "outcome":
      return <OutcomeForm {...props} />;
    case "assignment":
      return (
        <AssignmentForm {...props} people={[...verifiersOf(records), ...annotatorsOf(records)]} />
      );
    case "similar":
      return <SimilarForm {...props} />;
    case "group":
      return (
        <GroupForm
          act={act}
          onAdd={onAdd}
          form={(add) => <ConditionForm {...props} act="Add the condition" onAdd={add} />}
        />
      );
    case "document":
      return <DocumentForm {...props} />;
  }
}

const annotatorsOf = (records: readonly LabelledRecord[]): string[] => [
  ...new Set(
    records.flatMap(({ labels }) =>
      labels.flatMap(({ annotator }) => (annotator.kind === "person" ? [annotator.name] : [])),
    ),
  ),
];

const verifiersOf = (records: readonly LabelledRecord[]): string[] => [
  ...new Set(records.flatMap(({ labels }) => labels.flatMap(({ verified }) => verified?.by ?? []))),
];
