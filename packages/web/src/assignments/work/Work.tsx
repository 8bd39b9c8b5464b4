import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { oneJob } from "../../jobs/queries.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { schemaHistory } from "../../schema/queries.ts";
import { Page } from "../../shell/Page.tsx";
import { oneAssignment, whoAmI } from "../queries.ts";
import { assignmentDesk } from "./desk.ts";
import { Queue } from "./Queue.tsx";
import type { Asking } from "./slots.ts";

const route = getRouteApi("/p/$project/assignments/$assignment/work");

/** A person's place in an assignment: one record after another is handed to them. */
export function Work() {
  const { project, assignment: name } = route.useParams();
  const client = useClient();
  // What the page needs of it does not move; how far it is, the turns say.
  const assignment = useQuery({
    ...oneAssignment(client, project, name),
    refetchInterval: false,
    refetchOnWindowFocus: false,
  });
  const job = assignment.data?.job ?? null;
  const jobs = useQuery({ ...oneJob(client, project, job ?? 0), enabled: job !== null });
  const schemas = useQuery(schemaHistory(client, project));
  const person = useQuery(whoAmI(client));

  const { mode, labels } = assignment.data ?? {};
  const version = mode === "verify" ? jobs.data?.schemaVersion : schemas.data?.[0]?.version;
  const asking = useMemo((): Asking | undefined => {
    const document = schemas.data?.find((schema) => schema.version === version)?.document;
    const by = person.data?.actor;
    if (!mode || !labels || !document || by === undefined) return undefined;
    return {
      mode,
      job,
      by,
      definitions: document.labels.filter((label) => labels.includes(label.name)),
    };
  }, [mode, labels, job, version, schemas.data, person.data]);
  const desk = useMemo(
    () => asking && assignmentDesk(client, project, name, asking),
    [client, project, name, asking],
  );

  const failed = [assignment, jobs, schemas, person].find(({ error }) => error);
  if (failed)
    return (
      <Page title={name}>
        <ProblemNotice error={failed.error} onRetry={failed.refetch} />
      </Page>
    );
  if (!assignment.data || !asking || !desk || (job !== null && !jobs.data))
    return <Page title={name}>{null}</Page>;
  return (
    <Queue
      key={`${project} ${name}`}
      project={project}
      assignment={assignment.data}
      job={jobs.data}
      asking={asking}
      desk={desk}
    />
  );
}
