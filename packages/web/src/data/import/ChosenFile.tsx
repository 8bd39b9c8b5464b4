import {
  type ColumnMapping,
  type FileReading,
  ImportRules,
  type LabelDefinition,
} from "@countersign/core";
import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { bytes } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./ChosenFile.module.css";
import { Columns } from "./Columns.tsx";
import { Controls } from "./Controls.tsx";
import { ReadingChoice } from "./ReadingChoice.tsx";
import { RulesChoice } from "./RulesChoice.tsx";
import { type ColumnRole, guessedRoles, mappingOf } from "./roles.ts";
import { previewOf, type Source, sizeOf } from "./source.ts";

/** What the import is asked to do. */
export interface Order {
  readonly source: Source;
  readonly reading: FileReading;
  readonly mapping: ColumnMapping;
  readonly rules: ImportRules;
}

export interface ChosenFileProps {
  readonly project: string;
  readonly source: Source;
  readonly labels: readonly LabelDefinition[];
  readonly importing: boolean;
  /** Share of the file that the server has, while it is sent. */
  readonly sent: number | undefined;
  readonly onImport: (order: Order) => void;
  readonly onOther: () => void;
}

/** A file's first rows as the server reads them, and what its columns are to become. */
export function ChosenFile(props: ChosenFileProps) {
  const { project, source, labels, importing, sent, onImport, onOther } = props;
  const client = useClient();
  const [reading, setReading] = useState<FileReading>({});
  const [chosenRoles, setRoles] = useState<readonly ColumnRole[]>();
  const [chosenControls, setControls] = useState<ColumnMapping["controls"]>({});
  const [rules, setRules] = useState<ImportRules>(ImportRules.parse({}));
  const preview = useQuery({
    queryKey: [
      project,
      "preview",
      source.name,
      sizeOf(source),
      source.file?.lastModified,
      source.upload?.id,
      reading,
    ],
    queryFn: () => previewOf(client, project, source, reading),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
    retry: false,
  });
  const { data } = preview;
  if (preview.error) return <ProblemNotice error={preview.error} onRetry={preview.refetch} />;
  if (!data) return <p className={styles.aside}>Reading the beginning of {source.name} …</p>;

  const roles = chosenRoles ?? guessedRoles(data);
  const controls = {
    ...Object.fromEntries(data.controls.map(({ name, label }) => [name, label])),
    ...chosenControls,
  };
  const mapping = mappingOf(data.columns, roles, labels, controls);
  return (
    <>
      <div className={styles.file}>
        <span>
          <strong>{source.name}</strong>, {bytes(sizeOf(source))}, read as
        </span>
        <ReadingChoice
          preview={data}
          reading={reading}
          onChange={(changed) => {
            setReading(changed);
            setRoles(undefined);
          }}
        />
        <Button variant="subtle" onClick={onOther}>
          Another file
        </Button>
      </div>
      {data.faults.length > 0 && (
        <ul className={styles.fault}>
          {data.faults.slice(0, 5).map(({ row, column, reason }) => (
            <li key={`${row} ${column} ${reason}`}>
              Row {row}
              {column === undefined ? "" : `, column “${column}”,`} {reason}.
            </li>
          ))}
        </ul>
      )}
      {data.columns.length === 0 && data.faults.length === 0 && (
        <p className={styles.fault} role="alert">
          The file is empty.
        </p>
      )}
      {data.warnings.map((warning) => (
        <p key={warning} className={styles.aside}>
          {warning}
        </p>
      ))}
      {data.columns.length > 0 && (
        <Columns columns={data.columns} roles={roles} labels={labels} onChange={setRoles} />
      )}
      {data.controls.length > 0 && (
        <Controls
          controls={data.controls}
          labels={labels}
          chosen={controls}
          onChange={(control, label) => setControls({ ...chosenControls, [control]: label })}
        />
      )}
      <RulesChoice rules={rules} onChange={setRules} />
      <div className={styles.act}>
        <Button
          disabled={!mapping}
          loading={importing}
          onClick={() => mapping && onImport({ source, reading, mapping, rules })}
        >
          Import {source.name}
        </Button>
        <p className={styles.aside} aria-live="polite">
          {importing && sent !== undefined && sent < 1
            ? `${Math.floor(sent * 100)} % sent; if the connection breaks it goes on by itself.`
            : mapping
              ? rules.badRows === "refuse"
                ? "All rows, or none: a row that cannot be taken stops the import and is named."
                : "Rows that cannot be taken are left out and listed."
              : "Say which column is the text."}
        </p>
      </div>
    </>
  );
}
