import { itemsDone, type Job } from "@countersign/core";
import { count, wholePercent } from "../../format/number.ts";
import { ProgressBar } from "../ProgressBar.tsx";
import { doneShare } from "../progress.ts";
import { State } from "../State.tsx";
import { Announced } from "./Announced.tsx";
import { Ends } from "./Ends.tsx";
import styles from "./Progress.module.css";

/** How far the job is, in one line and one bar. */
export function Progress({ job: { id, state, progress } }: { readonly job: Job }) {
  const words = `${wholePercent(doneShare(progress))}: ${count(itemsDone(progress))} of ${count(progress.total)} records`;
  return (
    <div className={styles.progress}>
      <p className={styles.line}>
        <span>
          <State state={state} />, {words}
        </span>
        <Ends progress={progress} />
      </p>
      <ProgressBar progress={progress} name={`Job ${id}`} />
      <Announced what={`Job ${id} ${state}`} how={words} />
    </div>
  );
}
