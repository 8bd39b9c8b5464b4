import type { TextRecord } from "@countersign/core";
import styles from "./Metadata.module.css";

/** What was imported beside the text, field by field. */
export function Metadata({ metadata }: Pick<TextRecord, "metadata">) {
  const fields = Object.entries(metadata);
  if (fields.length === 0) return null;
  return (
    <dl className={styles.fields}>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd dir="auto">{typeof value === "string" ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
