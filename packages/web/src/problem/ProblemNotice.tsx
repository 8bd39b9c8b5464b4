import { type ClientProblem, CountersignError } from "@countersign/sdk";
import { Button } from "@mantine/core";
import { count } from "../format/number.ts";
import styles from "./ProblemNotice.module.css";

export interface ProblemNoticeProps {
  /** What was thrown. */
  readonly error: unknown;
  /** Offered as a button where doing the same again can help. */
  readonly onRetry?: () => void;
}

/** Why something did not happen: what happened, what was kept, what to do next, in this order. */
export function ProblemNotice({ error, onRetry }: ProblemNoticeProps) {
  const { what, kept, next, rows, instance } = problemOf(error);
  return (
    <section className={styles.notice} role="alert">
      <p className={styles.what}>{what}</p>
      {kept && <p>{kept}</p>}
      {next && <p>{next}</p>}
      {instance && <p className={styles.aside}>The server’s log names it {instance}.</p>}
      {rows && rows.length > 0 && (
        <table className={styles.rows}>
          <thead>
            <tr>
              <th scope="col">Row</th>
              <th scope="col">Column</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, column, reason }) => (
              <tr key={`${row} ${column} ${reason}`}>
                <td>{count(row)}</td>
                <td>{column ?? ""}</td>
                <td>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {onRetry && (
        <Button variant="default" onClick={onRetry} className={styles.retry}>
          Try again
        </Button>
      )}
    </section>
  );
}

/** What is no answer of the server is a fault of this page. */
const problemOf = (error: unknown): Omit<ClientProblem, "type"> =>
  error instanceof CountersignError
    ? error.problem
    : {
        what: `This page met an error of its own: ${error instanceof Error ? error.message : String(error)}`,
        next: "Reload the page. What was saved is on the server.",
      };
