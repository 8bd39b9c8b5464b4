import { type Job, Outcome } from "@countersign/core";
import { Button, NativeSelect } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** Asks for records by how a job ended for them. */
export function OutcomeForm({
  jobs,
  act,
  onAdd,
}: AddFormProps & { readonly jobs: readonly Job[] }) {
  const [job, setJob] = useState(jobs[0]?.id);
  const [outcome, setOutcome] = useState<Outcome>("invalid-reply");
  if (job === undefined) return <p className={styles.form}>No job has run yet.</p>;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ outcome: { job, is: [outcome] } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Job"
        data={jobs.map(({ id, agent }) => ({
          value: String(id),
          label: `job ${id} (${agent.name})`,
        }))}
        value={String(job)}
        onChange={(event) => setJob(Number(event.currentTarget.value))}
      />
      <NativeSelect
        label="Outcome"
        data={Outcome.options.map((value) => ({ value, label: value.replaceAll("-", " ") }))}
        value={outcome}
        onChange={(event) =>
          setOutcome(Outcome.options.find((one) => one === event.currentTarget.value) ?? outcome)
        }
      />
      <Button type="submit">{act}</Button>
    </form>
  );
}
