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
import { Distribution } from "./job/Distribution.tsx";
import { Figures } from "./job/Figures.tsx";
import { JobActs } from "./job/JobActs.tsx";
import { PauseNotice } from "./job/PauseNotice.tsx";
import { Progress } from "./job/Progress.tsx";
import { Reasons } from "./job/Reasons.tsx";
import { Stages } from "./job/Stages.tsx";
import { SimulatedNotice } from "./SimulatedNotice.tsx";
import { useJob } from "./use-job.ts";

const route = getRouteApi("/p/$project/jobs/$job");

/** One job while it runs; finished, the same page, still. */
export function JobPage() {
  const { project, job: id } = route.useParams();
  const schema = useQuery(newestSchema(useClient(), project));
  const { data: job, error, refetch, lost } = useJob(project, Number(id));
  if (!job)
    return (
      <Page title={`How is job ${id} going?`}>
        {error && <ProblemNotice error={error} onRetry={refetch} />}
      </Page>
    );
  const { progress } = job;
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
      {job.pause && <PauseNotice pause={job.pause} />}
      {lost !== undefined && <ProblemNotice error={lost} onRetry={refetch} />}
      <Progress job={job} />
      <Stages progress={progress} />
      <Figures progress={progress} />
      <div className={styles.halves}>
        {job.labels.map((name) => (
          <div key={name} className={styles.label}>
            <Distribution
              name={name}
              definition={schema.data?.document.labels.find((label) => label.name === name)}
              counts={progress.distribution[name] ?? {}}
            />
            {job.state === "done" && <AgainstGold project={project} job={job.id} label={name} />}
          </div>
        ))}
        <Reasons project={project} job={job.id} reasons={progress.reasons} />
      </div>
    </Page>
  );
}
