import { Button, NativeSelect, NumberInput, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useClient } from "../../../client/ClientProvider.tsx";
import { ProblemNotice } from "../../../problem/ProblemNotice.tsx";
import { allEmbeddings } from "../embeddings.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** Asks for the records most like a text, or like records by their keys; by the texts or by one of the project's vectors. */
export function SimilarForm({ project, onAdd }: AddFormProps) {
  const embeddings = useQuery(allEmbeddings(useClient(), project));
  const [text, setText] = useState("");
  const [keys, setKeys] = useState("");
  const [vector, setVector] = useState("");
  const [top, setTop] = useState(100);
  const named = keys.split(/[\s,]+/).filter(Boolean);
  // A text has a vector only where a model makes one of it.
  const fitting = (embeddings.data ?? []).filter(({ model }) => named.length > 0 || model !== null);
  const by = fitting.find(({ name }) => name === vector)?.name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const to = named.length > 0 ? { keys: named } : { text };
    onAdd({ similar: { to, ...(by !== undefined && { by: { vector: by } }), top } });
  };
  if (embeddings.error)
    return <ProblemNotice error={embeddings.error} onRetry={embeddings.refetch} />;
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
      {fitting.length > 0 && (
        <NativeSelect
          label="Compare"
          data={[
            { value: "", label: "the texts" },
            ...fitting.map(({ name, model, simulated }) => ({
              value: name,
              label: `the vectors ${name}${model ? ` by ${model.model}` : ""}${simulated ? " (simulated)" : ""}`,
            })),
          ]}
          value={by ?? ""}
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
