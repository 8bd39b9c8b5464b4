import {
  type AnnotatorReference,
  type Job,
  type LabelDefinition,
  type LabelledRecord,
  LabelMetadata,
} from "@countersign/core";
import { Autocomplete, Button, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";
import { ByField } from "./ByField.tsx";
import { ComparisonFields } from "./ComparisonFields.tsx";
import { comparisonOf, nothingCompared } from "./comparison.ts";

export interface LabelFactFormProps extends AddFormProps {
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  readonly records: readonly LabelledRecord[];
}

/** Asks what is known of how a label came to be, or was set of it: its model, its cost, a fact of one’s own. */
export function LabelFactForm({ labels, jobs, records, act, onAdd }: LabelFactFormProps) {
  const [label, setLabel] = useState("");
  const [by, setBy] = useState<AnnotatorReference>();
  const [fact, setFact] = useState("model");
  const [compared, setCompared] = useState(nothingCompared);
  const comparison = comparisonOf(compared);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (comparison)
      onAdd({
        label: {
          ...(label !== "" && { name: label }),
          ...(by && { by }),
          metadata: { [fact]: comparison },
        },
      });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Label"
        data={[{ value: "", label: "any" }, ...labels.map(({ name }) => name)]}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <ByField jobs={jobs} records={records} by={by} onChange={setBy} />
      <Autocomplete
        label="Its"
        data={factsOf(records)}
        value={fact}
        onChange={setFact}
        comboboxProps={{ withinPortal: false }}
        required
      />
      <ComparisonFields compared={compared} onChange={setCompared} />
      <Button type="submit" disabled={fact === "" || !comparison}>
        {act}
      </Button>
    </form>
  );
}

/** What is known of labels, and what users have set of those shown; lists and maps are not compared. */
const factsOf = (records: readonly LabelledRecord[]): string[] => [
  ...new Set([
    ...Object.keys(LabelMetadata.shape).filter((fact) => fact !== "user" && fact !== "confidences"),
    ...records.flatMap(({ labels }) =>
      labels.flatMap(({ metadata }) => Object.keys(metadata.user ?? {})),
    ),
  ]),
];
