import type { Agent } from "@countersign/core";
import { Button } from "@mantine/core";
import { getRouteApi, Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { When } from "../format/When.tsx";
import { Table } from "../shell/Table.tsx";
import { AgentContents } from "./AgentContents.tsx";
import styles from "./AgentTable.module.css";
import { reachedAt } from "./providers.ts";

const route = getRouteApi("/p/$project/agents");

export interface AgentTableProps {
  readonly project: string;
  readonly agents: readonly Agent[];
}

/** One line an agent; unfolded, all that it is made of. */
export function AgentTable({ project, agents }: AgentTableProps) {
  const { show } = route.useSearch();
  return (
    <Table
      name="Agents"
      head={
        <>
          <th scope="col">Agent</th>
          <th scope="col">Model</th>
          <th scope="col">Labels</th>
          <th scope="col">Jobs</th>
          <th scope="col">Created</th>
          <th scope="col">
            <span className="spoken">Acts</span>
          </th>
        </>
      }
    >
      {agents.map((agent) => (
        <Fragment key={agent.id}>
          <tr>
            <td>
              <Link
                from="/p/$project/agents"
                to="."
                search={(before) => ({
                  ...before,
                  show: show === agent.id ? undefined : agent.id,
                })}
                className={styles.name}
                aria-expanded={show === agent.id}
              >
                {agent.name}
              </Link>
              <code className={styles.id} title={agent.id}>
                {agent.id.slice(0, 8)}
              </code>
            </td>
            <td data-name="Model">
              <span>
                {agent.content.model.model}
                <span className={styles.aside}>{reachedAt(agent.content.model)}</span>
              </span>
            </td>
            <td data-name="Labels">{agent.content.labels.join(", ")}</td>
            <td data-name="Jobs">
              <span className={styles.jobs}>
                {agent.jobs.length === 0 && "none yet"}
                {agent.jobs.slice(0, 5).map((job) => (
                  <Link key={job} to="/p/$project/jobs/$job" params={{ project, job: String(job) }}>
                    {job}
                  </Link>
                ))}
                {agent.jobs.length > 5 && `and ${agent.jobs.length - 5} more`}
              </span>
            </td>
            <td data-name="Created">
              <span>
                <When at={agent.createdAt} /> by {agent.createdBy}
              </span>
            </td>
            <td data-n>
              <Button
                variant="default"
                renderRoot={(props) => (
                  <Link
                    {...props}
                    from="/p/$project/agents"
                    to="."
                    search={(before) => ({ ...before, run: agent.id })}
                  />
                )}
              >
                Run a job
              </Button>
            </td>
          </tr>
          {show === agent.id && (
            <tr>
              <td colSpan={6}>
                <AgentContents content={agent.content} />
              </td>
            </tr>
          )}
        </Fragment>
      ))}
    </Table>
  );
}
