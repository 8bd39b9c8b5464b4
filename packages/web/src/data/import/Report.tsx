import type { ImportReport } from "@countersign/core";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { count, counted } from "../../format/number.ts";
import { duration } from "../../format/time.ts";
import { Rejections } from "./Rejections.tsx";
import styles from "./Report.module.css";

export interface ReportProps {
  readonly report: ImportReport;
  readonly project: string;
  readonly hasSchema: boolean;
}

/** What an import did, and what comes next. */
export function Report({ report, project, hasSchema }: ReportProps) {
  const { rows, added, updated, unchanged, repeatedTexts, goldLabels, seconds } = report;
  const changed = updated + report.merged + report.labels + goldLabels + report.updatedLabels;
  return (
    <section className={styles.report} aria-live="polite">
      <p className={styles.sum}>
        {added + changed === 0 && unchanged > 0
          ? "Nothing changed: every row was already here, with the same content."
          : `${counted(added, "record")} added.`}
      </p>
      <dl className={styles.counts}>
        <Count name="Rows read" n={rows} />
        <Count name="Added" n={added} />
        <Count name="Already here, unchanged" n={unchanged} />
        <Count name="Texts that another record has too" n={repeatedTexts} />
        <Count name="Gold labels" n={goldLabels} />
        <Some name="Labels of other annotators" n={report.labels} />
        <Some name="Updated" n={updated} />
        <Some name="Labels given to a text that is now another" n={report.outdatedLabels} />
        <Some name="Labels replaced" n={report.updatedLabels} />
        <Some name="Passed over" n={report.skipped} />
        <Some name="Joined to a record with the same text" n={report.merged} />
        <Some name="Rejected and left out" n={report.rejected} />
        {Object.entries(report.leftOut).map(([reason, n]) => (
          <Count key={reason} name={`Left out: ${reason}`} n={n} />
        ))}
        <div>
          <dt>Time</dt>
          <dd>{duration(seconds)}</dd>
        </div>
      </dl>
      {report.rejected > 0 && report.import !== null && (
        <Rejections project={project} id={report.import} />
      )}
      <div className={styles.next}>
        {hasSchema ? (
          <Button component={Link} to={`/p/${project}/data`}>
            Look at the records
          </Button>
        ) : (
          <Button component={Link} to={`/p/${project}/data?panel=schema`}>
            Say what is asked of them
          </Button>
        )}
      </div>
    </section>
  );
}

/** A count that is told where there is something to count. */
const Some = (count: { readonly name: string; readonly n: number }) =>
  count.n > 0 ? <Count {...count} /> : null;

function Count({ name, n }: { readonly name: string; readonly n: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{count(n)}</dd>
    </div>
  );
}
