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
      <p>Drop a CSV, TSV or JSON Lines file here, or</p>
      <FileButton onChange={take} accept=".csv,.tsv,.tab,.jsonl,.ndjson,.txt">
        {(props) => <Button {...props}>Choose a file</Button>}
      </FileButton>
    </section>
  );
}
