import type { ImportReport } from "@countersign/core";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { count, counted } from "../../format/number.ts";
import { duration } from "../../format/time.ts";
import styles from "./Report.module.css";

export interface ReportProps {
  readonly report: ImportReport;
  readonly project: string;
  readonly hasSchema: boolean;
}

/** What an import did, and what comes next. */
export function Report({ report, project, hasSchema }: ReportProps) {
  const { rows, added, unchanged, repeatedTexts, goldLabels, seconds } = report;
  return (
    <section className={styles.report} aria-live="polite">
      <p className={styles.sum}>
        {added === 0 && unchanged > 0
          ? "Nothing changed: every row was already here, with the same content."
          : `${counted(added, "record")} added.`}
      </p>
      <dl className={styles.counts}>
        <Count name="Rows read" n={rows} />
        <Count name="Added" n={added} />
        <Count name="Already here, unchanged" n={unchanged} />
        <Count name="Texts that another record has too" n={repeatedTexts} />
        <Count name="Gold labels" n={goldLabels} />
        <div>
          <dt>Time</dt>
          <dd>{duration(seconds)}</dd>
        </div>
      </dl>
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

function Count({ name, n }: { readonly name: string; readonly n: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{count(n)}</dd>
    </div>
  );
}
