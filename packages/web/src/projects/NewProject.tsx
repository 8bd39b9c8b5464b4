import { ProjectName } from "@countersign/core";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import styles from "./NewProject.module.css";

/** @param first whether it is the first project, and so the next thing to do */
export function NewProject({ first }: { readonly first: boolean }) {
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [fault, setFault] = useState<string>();
  const create = useMutation({
    mutationFn: () => client.projects.create({ name }),
    onSuccess: (project) => {
      queries.invalidateQueries({ queryKey: ["projects"] });
      navigate({ to: "/p/$project/data", params: { project: project.name } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const checked = ProjectName.safeParse(name);
    setFault(checked.error?.issues[0]?.message);
    if (checked.success) create.mutate();
  };
  return (
    <form onSubmit={submit} className={styles.form}>
      <TextInput
        label="New project"
        placeholder="airline-tweets"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fault}
        autoComplete="off"
        className={styles.name}
      />
      <Button type="submit" variant={first ? "filled" : "default"} loading={create.isPending}>
        Create project
      </Button>
      {create.error && <ProblemNotice error={create.error} />}
    </form>
  );
}
