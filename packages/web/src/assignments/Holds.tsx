import type { AssignmentDetail } from "@countersign/core";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../client/ClientProvider.tsx";
import { counted } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { Table } from "../shell/Table.tsx";
import styles from "./AssignmentPage.module.css";

export interface HoldsProps {
  readonly project: string;
  readonly assignment: AssignmentDetail;
}

/** Who has which records in hand, and how they are given back. */
export function Holds({ project, assignment: { name, holds } }: HoldsProps) {
  const client = useClient();
  const queries = useQueryClient();
  const release = useMutation({
    mutationFn: (whose: { readonly person: string | null; readonly records?: number[] }) =>
      client.assignments.release({ project, assignment: name, ...whose }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [project, "assignments"] }),
  });
  if (holds.length === 0) return null;
  return (
    <section className={styles.part} aria-label="In hand">
      <h2>In hand</h2>
      <p className={styles.note}>
        Nobody else is handed these in their place. They go back by themselves when nothing is done
        for a while.
      </p>
      {release.error && <ProblemNotice error={release.error} />}
      <Table
        name="In hand"
        head={
          <>
            <th scope="col">Record</th>
            <th scope="col">Held by</th>
            <th scope="col">Since</th>
            <th scope="col">Goes back</th>
            <th scope="col">
              <span className="spoken">Act</span>
            </th>
          </>
        }
      >
        {holds.map(({ person, record, key, since, until }) => (
          <tr key={`${person} ${record}`}>
            <td>{key}</td>
            <td data-name="Held by">{person}</td>
            <td data-name="Since">
              <When at={since} />
            </td>
            <td data-name="Goes back">
              <When at={until} />
            </td>
            <td>
              <Button
                size="xs"
                variant="default"
                onClick={() => release.mutate({ person, records: [record] })}
                aria-label={`Release ${key}, held by ${person}`}
              >
                Release
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      <div>
        <Button
          variant="default"
          onClick={() => release.mutate({ person: null })}
          loading={release.isPending}
        >
          Release all that is in hand
        </Button>
        <span className="spoken">{counted(holds.length, "record")}</span>
      </div>
    </section>
  );
}
