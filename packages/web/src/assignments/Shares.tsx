import type { AssignmentDetail } from "@countersign/core";
import { count } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { Bar } from "../shell/Bar.tsx";
import { Table } from "../shell/Table.tsx";
import styles from "./AssignmentPage.module.css";

/** Who has done how much. */
export function Shares({
  assignment: { shares, records },
}: {
  readonly assignment: AssignmentDetail;
}) {
  if (shares.length === 0) return <p className={styles.note}>Nobody has begun.</p>;
  return (
    <section className={styles.part} aria-label="People">
      <h2>People</h2>
      <Table
        name="People"
        head={
          <>
            <th scope="col">Person</th>
            <th scope="col">Done</th>
            <th scope="col" data-n>
              In hand
            </th>
            <th scope="col" data-n>
              Skipped
            </th>
            <th scope="col">Last active</th>
          </>
        }
      >
        {shares.map(({ person, done, held, skipped, lastAt }) => (
          <tr key={person}>
            <td>{person}</td>
            <td data-name="Done">
              <div>
                {count(done)}
                <Bar name={person} done={done} of={records} />
              </div>
            </td>
            <td data-name="In hand" data-n>
              {count(held)}
            </td>
            <td data-name="Skipped" data-n>
              {count(skipped)}
            </td>
            <td data-name="Last active">{lastAt ? <When at={lastAt} /> : "never"}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
