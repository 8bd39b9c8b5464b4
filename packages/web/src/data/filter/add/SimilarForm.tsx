import { Button, NumberInput, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** Asks for the records most like a text, or like records by their keys. */
export function SimilarForm({ onAdd }: AddFormProps) {
  const [text, setText] = useState("");
  const [keys, setKeys] = useState("");
  const [vector, setVector] = useState("");
  const [top, setTop] = useState(100);
  const named = keys.split(/[\s,]+/).filter(Boolean);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const by = vector.trim();
    const to = named.length > 0 ? { keys: named } : { text };
    onAdd({ similar: { to, ...(by !== "" && { by: { vector: by } }), top } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        label="Keys of records"
        description="Separated by commas; they are left out of what is found."
        value={keys}
        onChange={(event) => setKeys(event.currentTarget.value)}
      />
      {named.length === 0 && (
        <Textarea
          label="or a text"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={10_000}
          autosize
          maxRows={6}
        />
      )}
      {named.length > 0 && (
        <TextInput
          label="By the vectors named"
          description="Left empty, the texts are compared."
          value={vector}
          onChange={(event) => setVector(event.currentTarget.value)}
        />
      )}
      <NumberInput
        label="At most"
        value={top}
        onChange={(value) => setTop(typeof value === "number" ? value : 100)}
        min={1}
        max={1000}
        allowDecimal={false}
      />
      <Button type="submit" disabled={named.length === 0 && text.trim() === ""}>
        Find similar records
      </Button>
    </form>
  );
}
