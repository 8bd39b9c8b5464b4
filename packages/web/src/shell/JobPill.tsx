import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useClient } from "../client/ClientProvider.tsx";
import { wholePercent } from "../format/number.ts";
import { doneShare } from "../jobs/progress.ts";
import { recentJobs } from "../jobs/queries.ts";
import styles from "./JobPill.module.css";

/** The newest running job and how far it is; opens its page. Nothing where nothing runs. */
export function JobPill({ project }: { readonly project: string }) {
  const jobs = useQuery(recentJobs(useClient(), project)).data ?? [];
  const running = jobs.filter(({ state }) => state === "running" || state === "preparing");
  const [newest] = running;
  if (!newest) return null;
  return (
    <Link
      to="/p/$project/jobs/$job"
      params={{ project, job: String(newest.id) }}
      className={styles.pill}
    >
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.name}>
        {running.length > 1 ? `${running.length} jobs` : `job ${newest.id}`}
      </span>{" "}
      <span className={styles.share}>{wholePercent(doneShare(newest.progress))}</span>
      <span className="spoken"> done</span>
    </Link>
  );
}
