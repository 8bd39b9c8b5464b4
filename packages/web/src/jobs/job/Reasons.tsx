import { counted } from "../../format/number.ts";
import { explain } from "../reasons.ts";
import { Examples } from "./Examples.tsx";
import styles from "./Reasons.module.css";

export interface ReasonsProps {
  readonly project: string;
  readonly job: number;
  /** Named reason → items. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** Why records have no label, the most frequent reason first, each with what to do and examples. */
export function Reasons({ project, job, reasons }: ReasonsProps) {
  const most = Object.entries(reasons).toSorted(([, a], [, b]) => b - a);
  if (most.length === 0) return null;
  return (
    <section className={styles.reasons}>
      <h2>Without a label</h2>
      {most.map(([reason, n]) => {
        const { says, next } = explain(reason);
        return (
          <section key={reason} className={styles.reason}>
            <h3>
              {says}: {counted(n, "record")}
            </h3>
            <p>{next}</p>
            <Examples project={project} job={job} reason={reason} />
          </section>
        );
      })}
    </section>
  );
}
