import type { Job, JobPause } from "@countersign/core";
import styles from "./PauseNotice.module.css";
import { RaiseBudget } from "./RaiseBudget.tsx";

export interface PauseNoticeProps {
  readonly project: string;
  readonly job: Job;
  readonly pause: JobPause;
}

/** Why the job stands still, in the provider's own words where it was the provider, and how it goes on. */
export function PauseNotice({ project, job, pause }: PauseNoticeProps) {
  return (
    <section className={styles.notice} role="alert">
      <p className={styles.what}>{pause.what}</p>
      <p>What was labelled so far is stored; going on does not pay for it again.</p>
      {pause.reason === "budget" ? (
        <RaiseBudget project={project} job={job} />
      ) : (
        <p>{pause.next}</p>
      )}
    </section>
  );
}
