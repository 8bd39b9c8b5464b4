import type { AssignmentDetail } from "@countersign/core";
import { Button, Checkbox, NumberInput, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../client/ClientProvider.tsx";
import { counted } from "../format/number.ts";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import styles from "./AssignmentPage.module.css";
import { namesIn } from "./words.ts";

export interface ExtendProps {
  readonly project: string;
  readonly assignment: AssignmentDetail;
}

/** More records, other people, more people for each record; folded, for it is rarely needed. */
export function Extend({ project, assignment }: ExtendProps) {
  const client = useClient();
  const queries = useQueryClient();
  const { name, where, overlap: before, people: named } = assignment;
  const [people, setPeople] = useState((named ?? []).join(", "));
  const [overlap, setOverlap] = useState(before);
  const [add, setAdd] = useState(false);
  const extend = useMutation({
    mutationFn: () =>
      client.assignments.extend({
        project,
        assignment: name,
        people: namesIn(people).length > 0 ? namesIn(people) : null,
        overlap,
        ...(add && { add: where ? { where } : {} }),
      }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [project, "assignments"] }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    extend.mutate();
  };
  return (
    <details>
      <summary>Extend it</summary>
      <form onSubmit={submit} className={styles.more}>
        <Textarea
          label="People"
          description="The names of their tokens, separated by commas. Left empty, anyone may take part."
          autosize
          minRows={1}
          value={people}
          onChange={(event) => setPeople(event.currentTarget.value)}
        />
        <NumberInput
          label="How many people do each record"
          min={before}
          max={100}
          allowDecimal={false}
          value={overlap}
          onChange={(value) => setOverlap(typeof value === "number" ? value : before)}
        />
        <Checkbox
          label={
            where
              ? "Add the records that the same search finds now"
              : "Add the records that were imported since"
          }
          checked={add}
          onChange={(event) => setAdd(event.currentTarget.checked)}
        />
        <div className={styles.row}>
          <Button type="submit" variant="default" loading={extend.isPending}>
            Extend {name}
          </Button>
          {extend.data && <span role="status">{counted(extend.data.added, "record")} added.</span>}
        </div>
        {extend.error && <ProblemNotice error={extend.error} />}
      </form>
    </details>
  );
}
