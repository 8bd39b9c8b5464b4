import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { excerpt } from "../../text/excerpt.ts";
import { itemsFor } from "../queries.ts";
import styles from "./Reasons.module.css";

export interface ExamplesProps {
  readonly project: string;
  readonly job: number;
  readonly reason: string;
}

/** A reply that runs on says no more after so many characters. */
const mostShown = 1000;

/** The first replies that ended for a reason; fetched when they are unfolded. */
export function Examples({ project, job, reason }: ExamplesProps) {
  const [unfolded, setUnfolded] = useState(false);
  const items = useQuery({
    ...itemsFor(useClient(), project, job, reason),
    enabled: unfolded,
  });
  return (
    <details
      className={styles.examples}
      onToggle={(event) => setUnfolded(event.currentTarget.open)}
    >
      <summary>Examples</summary>
      {items.error && <ProblemNotice error={items.error} onRetry={items.refetch} />}
      {items.data?.map(({ record, replies: [reply = null], message }) => (
        <div key={record.id} className={styles.example}>
          <p className={styles.record} title={record.key} dir="auto">
            {excerpt(record.content, undefined)}
          </p>
          {reply !== null && (
            <pre className={styles.reply} dir="auto">
              {reply.length > mostShown ? `${reply.slice(0, mostShown)} …` : reply || "(nothing)"}
            </pre>
          )}
          {message !== null && !reply?.includes(message) && <p>{message}</p>}
        </div>
      ))}
    </details>
  );
}
