import { AssignedState } from "@countersign/core";
import { Button, NativeSelect, TagsInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { assignmentList } from "../../../assignments/queries.ts";
import { useClient } from "../../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../../problem/ProblemNotice.tsx";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

const states = {
  open: "open: there is a place for somebody",
  held: "in hand",
  skipped: "passed over",
  done: "done",
  complete: "complete: done by as many as are to",
} as const satisfies Record<AssignedState, string>;

/** Asks how records stand in an assignment, and with whom. */
export function AssignmentForm({
  project,
  people,
  act,
  onAdd,
}: AddFormProps & { readonly people: readonly string[] }) {
  const assignments = useQuery(assignmentList(useClient(), project));
  const [chosen, setChosen] = useState<string>();
  const [is, setState] = useState<AssignedState>();
  const [by, setBy] = useState<readonly string[]>([]);
  if (assignments.error)
    return <ProblemNotice error={assignments.error} onRetry={assignments.refetch} />;
  if (!assignments.data) return null;
  const assignment = assignments.data.find(({ name }) => name === chosen) ?? assignments.data[0];
  if (!assignment) return <p className={styles.form}>No assignment has been made yet.</p>;
  const personal = is !== "open" && is !== "complete";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({
      assignment: {
        name: assignment.name,
        ...(is && { is }),
        ...(personal && by.length > 0 && { by: [...by] }),
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Assignment"
        data={assignments.data.map(({ name }) => name)}
        value={assignment.name}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <NativeSelect
        label="There"
        data={[
          { value: "", label: "in any state" },
          ...AssignedState.options.map((value) => ({ value, label: states[value] })),
        ]}
        value={is ?? ""}
        onChange={(event) =>
          setState(AssignedState.options.find((one) => one === event.currentTarget.value))
        }
      />
      {personal && (
        <TagsInput
          label="By"
          description="Any of these; anybody if left empty."
          data={[...new Set([...(assignment.people ?? []), ...people])]}
          value={[...by]}
          onChange={setBy}
          comboboxProps={{ withinPortal: false }}
        />
      )}
      <Button type="submit">{act}</Button>
    </form>
  );
}
