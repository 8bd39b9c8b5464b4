import { explainHeldBy, type JobLive, type WorkerGauge } from "@countersign/core";
import { count } from "../../format/number.ts";
import { clock } from "../../format/time.ts";
import { Table } from "../../shell/Table.tsx";
import styles from "./Live.module.css";

/** A rest of the calls, which would else look like a standstill; and, where several workers take part, what each does. */
export function Live({ live }: { readonly live: JobLive }) {
  const { workers } = live;
  const rest = workers.find(({ heldBy }) => heldBy === "retry-after" || heldBy === "failures");
  if (!rest && workers.length < 2) return null;
  return (
    <div className={styles.live}>
      {rest && <p className={styles.rests}>{capital(wordsOf(rest))}.</p>}
      {workers.length > 1 && (
        <details className={styles.workers}>
          <summary>{count(workers.length)} workers</summary>
          <Table
            name="Workers"
            head={
              <>
                <th scope="col">Worker</th>
                <th scope="col" data-n>
                  Calls at once
                </th>
                <th scope="col">Held back</th>
              </>
            }
          >
            {workers.map((gauge) => (
              <tr key={gauge.worker}>
                <td>
                  {gauge.worker} on {gauge.host}
                </td>
                <td data-name="Calls at once" data-n>
                  {count(gauge.underWay)} of {count(gauge.allowed)}
                </td>
                <td data-name="Held back">{wordsOf(gauge)}</td>
              </tr>
            ))}
          </Table>
        </details>
      )}
    </div>
  );
}

function wordsOf({ heldBy, until }: WorkerGauge): string {
  if (heldBy === null) return "not held back";
  const end = until === null ? "" : `, until ${clock(new Date(until), new Date())}`;
  return explainHeldBy(heldBy) + end;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
