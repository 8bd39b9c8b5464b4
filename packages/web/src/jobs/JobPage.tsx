import { isAtRest } from "@countersign/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { When } from "../format/When.tsx";
import { ProblemNotice } from "../problem/ProblemNotice.tsx";
import { newestSchema } from "../schema/queries.ts";
import { Page } from "../shell/Page.tsx";
import styles from "./JobPage.module.css";
import { AgainstGold } from "./job/AgainstGold.tsx";
import { Batches } from "./job/Batches.tsx";
import { Distribution } from "./job/Distribution.tsx";
import { Figures } from "./job/Figures.tsx";
import { JobActs } from "./job/JobActs.tsx";
import { Live } from "./job/Live.tsx";
import { PauseNotice } from "./job/PauseNotice.tsx";
import { Progress } from "./job/Progress.tsx";
import { Reasons } from "./job/Reasons.tsx";
import { Samples } from "./job/Samples.tsx";
import { Stages } from "./job/Stages.tsx";
import { awaitsBatches, jobReport } from "./queries.ts";
import { SimulatedNotice } from "./SimulatedNotice.tsx";
import { useJob } from "./use-job.ts";

const route = getRouteApi("/p/$project/jobs/$job");

/** One job while it runs; finished, the same page, still. */
export function JobPage() {
  const { project, job: id } = route.useParams();
  const client = useClient();
  const schema = useQuery(newestSchema(client, project));
  const { data: job, error, refetch, lost } = useJob(project, Number(id));
  const moves = job !== undefined && !isAtRest(job.state);
  const report = useQuery({
    ...jobReport(client, project, Number(id), moves || (job !== undefined && awaitsBatches(job))),
    enabled: job !== undefined,
  });
  if (!job)
    return (
      <Page title={`How is job ${id} going?`}>
        {error && <ProblemNotice error={error} onRetry={refetch} />}
      </Page>
    );
  const { progress } = job;
  const definitions = schema.data?.document.labels ?? [];
  return (
    <Page
      title={isAtRest(job.state) ? `How did job ${id} go?` : `How is job ${id} going?`}
      actions={<JobActs project={project} job={job} />}
    >
      {job.simulated && <SimulatedNotice />}
      <p className={styles.what}>
        {job.agent.name}
        {job.agent.model !== job.agent.name && ` (${job.agent.model})`} for {job.labels.join(", ")},
        schema version {job.schemaVersion}, started <When at={job.startedAt ?? job.createdAt} /> by{" "}
        {job.createdBy}
      </p>
      {job.pause && <PauseNotice project={project} job={job} pause={job.pause} />}
      {lost !== undefined && <ProblemNotice error={lost} onRetry={refetch} />}
      <Progress job={job} />
      <Stages progress={progress} />
      {progress.live && <Live live={progress.live} />}
      <Figures job={job} />
      {job.batches && <Batches project={project} job={job.id} progress={job.batches} />}
      <div className={styles.halves}>
        {job.labels.map((name) => (
          <div key={name} className={styles.label}>
            <Distribution
              name={name}
              definition={definitions.find((label) => label.name === name)}
              counts={progress.distribution[name] ?? {}}
            />
            {job.state === "done" && <AgainstGold project={project} job={job.id} label={name} />}
          </div>
        ))}
        {report.data && <Reasons reasons={report.data.reasons} />}
      </div>
      {report.error && <ProblemNotice error={report.error} onRetry={report.refetch} />}
      {report.data && <Samples samples={report.data.samples} definitions={definitions} />}
    </Page>
  );
}
