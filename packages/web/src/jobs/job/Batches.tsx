import type { BatchProgress, BatchState, JobBatch } from "@countersign/core";
import { Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import { count } from "../../format/number.ts";
import { When } from "../../format/When.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { jobBatches } from "../queries.ts";
import styles from "./Batches.module.css";

export interface BatchesProps {
  readonly project: string;
  readonly job: number;
  /** What all of them have come to. */
  readonly progress: BatchProgress;
}

/** The newest batches that a job has at its provider, each with where it stands. */
export function Batches({ project, job, progress }: BatchesProps) {
  const client = useClient();
  const { data, error, refetch } = useQuery(jobBatches(client, project, job, progress));
  if (error) return <ProblemNotice error={error} onRetry={refetch} />;
  if (!data || data.length === 0) return null;
  return (
    <div className={styles.scroll}>
      <Table aria-label="Batches" verticalSpacing={4}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Batch</Table.Th>
            <Table.Th>State</Table.Th>
            <Table.Th className={styles.number}>Answered</Table.Th>
            <Table.Th className={styles.number}>Failed</Table.Th>
            <Table.Th>Submitted</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.map((batch) => (
            <Row key={batch.id} batch={batch} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

const states: Readonly<Record<BatchState, string>> = {
  submitting: "being submitted",
  "under-way": "under way",
  ended: "ended",
  "turned-down": "turned down",
  lost: "not submitted",
};

function Row({ batch }: { readonly batch: JobBatch }) {
  const { providerId, state, said, message, requests, answered, failed, submittedAt } = batch;
  return (
    <Table.Tr>
      <Table.Td>{providerId ?? "–"}</Table.Td>
      <Table.Td>
        {states[state]}
        {said !== null && said !== states[state] && ` (${said})`}
        {message !== null && <div className={styles.message}>{message}</div>}
      </Table.Td>
      <Table.Td className={styles.number}>
        {count(answered)} of {count(requests)}
      </Table.Td>
      <Table.Td className={styles.number}>{count(failed)}</Table.Td>
      <Table.Td>{submittedAt === null ? "–" : <When at={submittedAt} />}</Table.Td>
    </Table.Tr>
  );
}
