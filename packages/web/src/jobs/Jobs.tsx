import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { count, dollars, wholePercent } from "../format/number.ts";
import { When } from "../format/When.tsx";
import { Simulated } from "../label/Simulated.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { EmptyState } from "../shell/EmptyState.tsx";
import { Page } from "../shell/Page.tsx";
import rowLink from "../shell/RowLink.module.css";
import { Table } from "../shell/Table.tsx";
import styles from "./Jobs.module.css";
import { ProgressBar } from "./ProgressBar.tsx";
import { doneShare } from "./progress.ts";
import { recentJobs } from "./queries.ts";
import { State } from "./State.tsx";

const route = getRouteApi("/p/$project/jobs");

/** The runs of agents over records, newest first. */
export function Jobs() {
  const { project } = route.useParams();
  const jobs = useQuery(recentJobs(useClient(), project));
  const toAgents = (
    <Button
      component={Link}
      to={`/p/${project}/agents`}
      variant={jobs.data?.length === 0 ? "filled" : "default"}
    >
      Run an agent
    </Button>
  );
  return (
    <Page title="What has been asked, and how did it go?" actions={toAgents}>
      {jobs.error && <ProblemNotice error={jobs.error} onRetry={jobs.refetch} />}
      {jobs.data?.length === 0 && (
        <EmptyState title="No jobs yet">
          <p>
            A job runs an agent over the records. Begin with a pilot: the first hundred, say. What a
            job has stored is never paid for twice.
          </p>
        </EmptyState>
      )}
      {jobs.data && jobs.data.length > 0 && (
        <Table
          name="Jobs"
          head={
            <>
              <th scope="col">Job</th>
              <th scope="col">Agent</th>
              <th scope="col">State</th>
              <th scope="col">Done</th>
              <th scope="col" data-n>
                Records
              </th>
              <th scope="col" data-n>
                Labelled
              </th>
              <th scope="col" data-n>
                Cost
              </th>
              <th scope="col">Started</th>
            </>
          }
        >
          {jobs.data.map(({ id, agent, state, progress, simulated, createdAt, createdBy }) => (
            <tr key={id}>
              <td>
                <Link
                  to="/p/$project/jobs/$job"
                  params={{ project, job: String(id) }}
                  className={rowLink.link}
                >
                  Job {id}
                </Link>
              </td>
              <td data-name="Agent">
                <span>
                  {agent.name} {simulated && <Simulated />}
                </span>
              </td>
              <td data-name="State">
                <State state={state} />
              </td>
              <td data-name="Done">
                <div className={styles.done}>
                  {wholePercent(doneShare(progress))}
                  <ProgressBar progress={progress} name={`Job ${id}`} />
                </div>
              </td>
              <td data-name="Records" data-n>
                {count(progress.total)}
              </td>
              <td data-name="Labelled" data-n>
                {count(progress.outcomes.labelled)}
              </td>
              <td data-name="Cost" data-n>
                {progress.cost === null ? "unknown" : dollars(progress.cost)}
              </td>
              <td data-name="Started">
                <span>
                  <When at={createdAt} /> by {createdBy}
                </span>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Page>
  );
}
