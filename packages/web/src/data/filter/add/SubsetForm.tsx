import { Button, Checkbox, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../../../client/ClientProvider.tsx";
import { count } from "../../../format/number.ts";
import { ProblemNotice } from "../../../problem/ProblemNotice.tsx";
import { allSubsets } from "../../subset/queries.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** Chooses a subset that the records are to be in, or not to be in. */
export function SubsetForm({ project, act, onAdd }: AddFormProps) {
  const subsets = useQuery(allSubsets(useClient(), project));
  const [chosen, setChosen] = useState<string>();
  const [without, setWithout] = useState(false);
  if (subsets.error) return <ProblemNotice error={subsets.error} onRetry={subsets.refetch} />;
  if (!subsets.data) return null;
  const name = chosen ?? subsets.data[0]?.name;
  if (name === undefined)
    return (
      <p className={styles.form}>No subset yet. “save as subset” makes one of what is shown.</p>
    );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(without ? { not: [{ subset: name }] } : { subset: name });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Subset"
        data={subsets.data.map((subset) => ({
          value: subset.name,
          label: `${subset.name} (${subset.size === null ? "saved search" : count(subset.size)})`,
        }))}
        value={name}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
      <Checkbox
        label="Records that are not in it"
        checked={without}
        onChange={(event) => setWithout(event.currentTarget.checked)}
      />
      <Button type="submit">{act}</Button>
    </form>
  );
}
