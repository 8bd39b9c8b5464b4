import type { LabelDefinition, LabelledRecord, RecordDetail } from "@countersign/core";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useClient } from "../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import { Content } from "../../text/Content.tsx";
import { OfOne } from "../metadata/OfOne.tsx";
import { recordDetail } from "../queries.ts";
import { Facts } from "./Facts.tsx";
import { History } from "./History.tsx";
import { LabelsOf } from "./LabelsOf.tsx";
import styles from "./RecordPanel.module.css";

export interface RecordPanelProps {
  readonly project: string;
  readonly record: LabelledRecord;
  readonly labels: readonly LabelDefinition[];
  readonly keyword: string | undefined;
  readonly onSimilar: (record: number) => void;
}

/** A record whole: its text to be read, and beside it all that is known of it. */
export function RecordPanel({ project, record, labels, keyword, onSimilar }: RecordPanelProps) {
  const detail = useQuery(recordDetail(useClient(), project, record.id));
  return (
    <div className={styles.panel}>
      <div className={styles.text} dir="auto">
        <Content record={record} keyword={keyword} />
      </div>
      <div className={styles.beside}>
        <LabelsOf
          project={project}
          labels={detail.data?.labels ?? record.labels}
          definitions={labels}
        />
        {detail.error && <ProblemNotice error={detail.error} onRetry={detail.refetch} />}
        {detail.data && (
          <History
            verifications={detail.data.verifications}
            changes={detail.data.changes}
            former={detail.data.former}
            labels={detail.data.labels}
            definitions={labels}
          />
        )}
        <div>
          <Button size="compact-sm" variant="default" onClick={() => onSimilar(record.id)}>
            Show similar records
          </Button>
        </div>
        <OfOne
          project={project}
          record={record.id}
          metadata={detail.data?.metadata ?? record.metadata}
        />
        {detail.data && (
          <Facts name="Other columns as imported" facts={otherColumns(detail.data)} />
        )}
      </div>
    </div>
  );
}

/** The columns that are not already there as the record's text, key or metadata. */
const otherColumns = ({ source, content, key, metadata }: RecordDetail): RecordDetail["source"] =>
  Object.fromEntries(
    Object.entries(source).filter(
      ([column, cell]) => cell !== content && cell !== key && !(column in metadata),
    ),
  );
