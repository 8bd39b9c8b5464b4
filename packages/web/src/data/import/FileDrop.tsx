import { Button, FileButton } from "@mantine/core";
import { type DragEvent, useState } from "react";
import styles from "./FileDrop.module.css";

/** Takes a file that is dropped on it or chosen. */
export function FileDrop({ onFile }: { readonly onFile: (file: File) => void }) {
  const [over, setOver] = useState(false);
  const take = (file: File | null | undefined) => file && onFile(file);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <section
      aria-label="File to import"
      className={styles.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>Drop a file here: CSV, TSV, JSON, JSON Lines, Parquet, XLSX, or any of them in gzip. Or</p>
      <FileButton
        onChange={take}
        accept=".csv,.tsv,.tab,.txt,.json,.jsonl,.ndjson,.parquet,.xlsx,.gz"
      >
        {(props) => <Button {...props}>Choose a file</Button>}
      </FileButton>
    </section>
  );
}
