import { Button } from "@mantine/core";
import styles from "./AgentNotes.module.css";

export interface AgentNotesProps {
  readonly agent: { readonly name: string; readonly notes: readonly string[] };
  readonly onGoOn: () => void;
}

/** What one should know of a registered agent before it runs: what its model is not sent, and what is not known of it. */
export function AgentNotes({ agent: { name, notes }, onGoOn }: AgentNotesProps) {
  return (
    <section className={styles.notes} role="status">
      <p>
        <strong>{name}</strong> is registered. Before it runs:
      </p>
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <div>
        <Button onClick={onGoOn}>Choose its records</Button>
      </div>
    </section>
  );
}
