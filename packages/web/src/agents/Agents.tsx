import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { RunJob } from "../jobs/run/RunJob.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { newestSchema } from "../schema/queries.ts";
import { EmptyState } from "../shell/EmptyState.tsx";
import { Page } from "../shell/Page.tsx";
import { AgentFilters } from "./AgentFilters.tsx";
import { AgentTable } from "./AgentTable.tsx";
import { NewAgentPage } from "./NewAgentPage.tsx";
import { agentList, agentPages, oneAgent } from "./queries.ts";

const route = getRouteApi("/p/$project/agents");

/** Models with their prompts, and the way to a new one or to a job. */
export function Agents() {
  const { project } = route.useParams();
  const { panel, run, where, provider, model, creator } = route.useSearch();
  const client = useClient();
  const schema = useQuery(newestSchema(client, project));
  const agents = useQuery(agentList(client, project));
  const pages = useInfiniteQuery(agentPages(client, project, { provider, model, creator }));
  const listed = pages.data?.pages.flatMap(({ items }) => items);
  const running = useQuery({
    ...oneAgent(client, project, run ?? ""),
    enabled: run !== undefined,
  }).data;
  const error = agents.error ?? pages.error ?? schema.error;

  if (schema.data === null)
    return (
      <Page title="Which model, asked how?">
        <EmptyState
          title="There is nothing to ask yet"
          action={
            <Button component={Link} to={`/p/${project}/data?panel=schema`}>
              Say what is asked of every record
            </Button>
          }
        >
          <p>An agent’s prompt is built from the schema, which this project does not have yet.</p>
        </EmptyState>
      </Page>
    );
  if (panel === "new" && schema.data)
    return <NewAgentPage project={project} schema={schema.data.document} />;
  if (run !== undefined && running)
    return <RunJob project={project} agent={running} where={where} />;
  return (
    <Page
      title="Which model, asked how?"
      actions={
        <Button
          component={Link}
          to={`/p/${project}/agents?panel=new`}
          variant={agents.data?.length === 0 ? "filled" : "default"}
        >
          New agent
        </Button>
      }
    >
      {error && (
        <ProblemNotice
          error={error}
          onRetry={() => Promise.all([agents.refetch(), pages.refetch()])}
        />
      )}
      {agents.data?.length === 0 && (
        <EmptyState title="No agents yet">
          <p>
            An agent is a model and the prompt it gets. The prompt is built from the schema; change
            what you like and look at it on real records before anything is sent.
          </p>
        </EmptyState>
      )}
      {where !== undefined && agents.data && agents.data.length > 0 && (
        <p>Choose the agent that is to label the records you found.</p>
      )}
      {agents.data && agents.data.length > 0 && (
        <>
          <AgentFilters agents={agents.data} />
          {listed && <AgentTable project={project} agents={listed} />}
          {listed?.length === 0 && <p>No agent is of this kind.</p>}
          {pages.hasNextPage && (
            <Button
              variant="default"
              loading={pages.isFetchingNextPage}
              onClick={() => pages.fetchNextPage()}
            >
              Older agents
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
