import type { SchemaVersion } from "@countersign/core";
import { CountersignError } from "@countersign/sdk";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import {
  changed,
  draftOf,
  type Fault,
  type Finished,
  finished,
  newLabel,
  without,
} from "./draft.ts";
import { LabelFields } from "./LabelFields.tsx";
import { Orphans } from "./Orphans.tsx";
import styles from "./SchemaForm.module.css";

export interface SchemaFormProps {
  readonly project: string;
  /** null before the first version. */
  readonly newest: SchemaVersion | null;
}

/** The newest schema as fields; saved, it is a new version. */
export function SchemaForm({ project, newest }: SchemaFormProps) {
  const client = useClient();
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(newest?.document));
  const [fault, setFault] = useState<Fault>();
  const save = useMutation({
    mutationFn: ({ document, rename, orphan }: Finished & { readonly orphan: boolean }) =>
      client.schemas.set({ project, ...document, rename, orphan }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [project] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const schema = finished(draft);
    if ("says" in schema) return setFault(schema);
    setFault(undefined);
    save.mutate({ ...schema, orphan: false });
  };
  const { labels } = draft;
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      {labels.map((label, place) => (
        <LabelFields
          key={label.id}
          label={label}
          place={place}
          fault={fault}
          onChange={(change) => setDraft({ labels: changed(labels, label.id, change) })}
          {...(labels.length > 1 && {
            onRemove: () => setDraft({ labels: without(labels, label.id) }),
          })}
        />
      ))}
      <div className={styles.acts}>
        <Button type="submit" loading={save.isPending}>
          Save as version {(newest?.version ?? 0) + 1}
        </Button>
        <Button
          variant="default"
          onClick={() => setDraft({ labels: [...labels, newLabel()] })}
          disabled={labels.length >= 50}
        >
          Add a label
        </Button>
        <p className={styles.said} role="status">
          {fault?.says}
          {save.data?.changed === false && "Nothing was changed, so there is no new version."}
        </p>
      </div>
      {newest && (
        <p className={styles.aside}>
          Labels already made keep the version they were made with: version {newest.version} and
          before. Where an option’s value is changed, they are mapped to the new one.
        </p>
      )}
      {isInUse(save.error) && save.variables ? (
        <Orphans
          problem={save.error.problem}
          onSave={() => save.mutate({ ...save.variables, orphan: true })}
          onBack={save.reset}
        />
      ) : (
        save.error && <ProblemNotice error={save.error} />
      )}
    </form>
  );
}

/** Whether the schema was refused for the labels that it would leave behind. */
const isInUse = (error: unknown): error is CountersignError =>
  error instanceof CountersignError && error.problem.type === "labels-in-use";
