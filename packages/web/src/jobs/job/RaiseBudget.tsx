import type { Budget, BudgetUse, Job } from "@countersign/core";
import { Button, NumberInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { oneJob } from "../queries.ts";
import styles from "./RaiseBudget.module.css";

export interface RaiseBudgetProps {
  readonly project: string;
  readonly job: Job;
}

const names: Readonly<Record<keyof Budget, string>> = {
  usd: "Dollars in all",
  tokens: "Tokens in all",
  records: "Records in all",
};

/** Lets a job go on whose budget is used up, with a larger one: twice as large unless another is given. */
export function RaiseBudget({ project, job }: RaiseBudgetProps) {
  const client = useClient();
  const queries = useQueryClient();
  const spent = job.progress.budget.filter(({ share }) => share >= 1);
  const [budget, setBudget] = useState<Budget>(() => twice(spent));
  const resume = useMutation({
    mutationFn: () => client.jobs.resume({ project, job: job.id, budget }),
    onSuccess: (changed) => queries.setQueryData(oneJob(client, project, job.id).queryKey, changed),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    resume.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      {spent.map(({ kind, of }) => (
        <NumberInput
          key={kind}
          label={names[kind]}
          prefix={kind === "usd" ? "$" : ""}
          min={of}
          allowDecimal={kind === "usd"}
          thousandSeparator
          value={budget[kind] ?? ""}
          onChange={(value) =>
            setBudget({ ...budget, [kind]: typeof value === "number" ? value : undefined })
          }
        />
      ))}
      <Button type="submit" loading={resume.isPending}>
        Resume with this budget
      </Button>
      {resume.error && <ProblemNotice error={resume.error} />}
    </form>
  );
}

const twice = (spent: readonly BudgetUse[]): Budget =>
  Object.fromEntries(spent.map(({ kind, of }) => [kind, 2 * of]));
