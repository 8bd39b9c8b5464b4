import type { AnnotatorReference, Job, LabelDefinition } from "@countersign/core";
import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { annotatorWords } from "../words.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

export interface ConflictFormProps extends AddFormProps {
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  /** Who has labelled any of the records shown. */
  readonly people: readonly string[];
}

/** Asks for records that some annotators labelled differently. */
export function ConflictForm({ labels, jobs, people, act, onAdd }: ConflictFormProps) {
  const [label, setLabel] = useState(labels[0]?.name ?? "");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const annotators: readonly AnnotatorReference[] = [
    ...jobs.map(({ id }) => ({ job: id })),
    ...people.map((person) => ({ person })),
    { gold: true },
  ];
  const among = annotators.filter((by) => chosen.includes(annotatorWords(by)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ conflict: { label, ...(among.length > 0 && { among }) } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Label"
        data={labels.map(({ name }) => name)}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Checkbox.Group
        label="Between"
        description="Anybody but gold if none is chosen."
        value={[...chosen]}
        onChange={setChosen}
      >
        {annotators.map((by) => (
          <Checkbox
            key={annotatorWords(by)}
            value={annotatorWords(by)}
            label={annotatorWords(by)}
            mt={8}
          />
        ))}
      </Checkbox.Group>
      <Button type="submit" disabled={among.length === 1}>
        {act}
      </Button>
    </form>
  );
}
