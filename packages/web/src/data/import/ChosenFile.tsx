import type { ColumnMapping, LabelDefinition } from "@countersign/core";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { bytes } from "../../format/number.ts";
import { ProblemNotice } from "../../problem/ProblemNotice.tsx";
import styles from "./ChosenFile.module.css";
import { Columns } from "./Columns.tsx";
import { beginningOf, guessReading, type Reading, readPreview } from "./preview.ts";
import { ReadingChoice } from "./ReadingChoice.tsx";
import { guessRoles, mappingOf, type Role } from "./roles.ts";

/** What the import is asked to do. */
export interface Order extends Reading {
  readonly file: File;
  readonly mapping: ColumnMapping;
}

export interface ChosenFileProps {
  readonly file: File;
  readonly labels: readonly LabelDefinition[];
  readonly importing: boolean;
  readonly onImport: (order: Order) => void;
  readonly onOther: () => void;
}

/** A file's first rows, and what its columns are to become. */
export function ChosenFile({ file, labels, importing, onImport, onOther }: ChosenFileProps) {
  const beginning = useQuery({
    queryKey: ["file", file.name, file.size, file.lastModified],
    queryFn: () => beginningOf(file),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [chosenReading, setReading] = useState<Reading>();
  const [chosenRoles, setRoles] = useState<readonly Role[]>();
  const text = beginning.data;
  const reading = chosenReading ?? (text === undefined ? undefined : guessReading(file.name, text));
  const preview = useQuery({
    queryKey: ["preview", file.name, file.size, file.lastModified, reading],
    queryFn: () => readPreview(text ?? "", reading ?? { format: "csv" }),
    enabled: text !== undefined,
    retry: false,
  });
  const roles = chosenRoles ?? (preview.data ? guessRoles(preview.data, labels) : []);
  const mapping = preview.data && mappingOf(preview.data.columns, roles, labels);

  if (beginning.error) return <ProblemNotice error={beginning.error} />;
  if (!reading) return null;
  return (
    <>
      <div className={styles.file}>
        <span>
          <strong>{file.name}</strong>, {bytes(file.size)}, read as
        </span>
        <ReadingChoice
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
      {preview.error && (
        <p className={styles.fault} role="alert">
          The beginning cannot be read so: {preview.error.message}
        </p>
      )}
      {preview.data?.columns.length === 0 && (
        <p className={styles.fault} role="alert">
          The file is empty.
        </p>
      )}
      {preview.data && preview.data.columns.length > 0 && (
        <Columns preview={preview.data} roles={roles} labels={labels} onChange={setRoles} />
      )}
      <div className={styles.act}>
        <Button
          disabled={!mapping}
          loading={importing}
          onClick={() => mapping && onImport({ file, mapping, ...reading })}
        >
          Import {file.name}
        </Button>
        <p className={styles.aside}>
          {mapping
            ? "All rows, or none: a row that cannot be taken stops the import and is named."
            : "Say which column is the text."}
        </p>
      </div>
    </>
  );
}
