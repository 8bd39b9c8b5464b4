import { Condition } from "@countersign/core";
import { Button, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** Takes any condition as the API has it, for what no form asks. */
export function DocumentForm({ act, onAdd }: AddFormProps) {
  const [document, setDocument] = useState("");
  const [error, setError] = useState<string>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readCondition(document);
    if (typeof read === "string") setError(read);
    else onAdd(read);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label="Condition"
        description="JSON, as in the API."
        placeholder='{"label": {"verified": {"by": ["ann"]}}}'
        value={document}
        onChange={(event) => setDocument(event.currentTarget.value)}
        error={error}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
      />
      <Button type="submit" disabled={document.trim() === ""}>
        {act}
      </Button>
    </form>
  );
}

/** The condition, or what is wrong with it. */
function readCondition(text: string): Condition | string {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return `It is no JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  const found = Condition.safeParse(json);
  return found.success ? found.data : "It is no condition of a search; the API’s page shows them.";
}
