import { Button, Checkbox, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { counted } from "../../../format/number.ts";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

/** More keys than this are no search; a subset holds them. */
const mostKeys = 10_000;

/** Asks for records by their keys, as a list that is pasted. */
export function KeysForm({ act, onAdd }: AddFormProps) {
  const [text, setText] = useState("");
  const [without, setWithout] = useState(false);
  const keys = [...new Set(text.split(/\r?\n/).filter((line) => line !== ""))];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(without ? { not: [{ key: keys }] } : { key: keys });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Textarea
        label="Keys"
        description="One a line."
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={keys.length > mostKeys && `At most ${counted(mostKeys, "key")}; these are more.`}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
      />
      <Checkbox
        label="All records but these"
        checked={without}
        onChange={(event) => setWithout(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={keys.length === 0 || keys.length > mostKeys}>
        {act}
      </Button>
    </form>
  );
}
