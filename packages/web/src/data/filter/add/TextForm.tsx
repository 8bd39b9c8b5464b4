import type { Condition } from "@countersign/core";
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

const ways = [
  { value: "phrase", label: "contains this" },
  { value: "all", label: "contains all of these words" },
  { value: "any", label: "contains any of these words" },
  { value: "regex", label: "matches this pattern" },
] as const;

type Way = (typeof ways)[number]["value"];

/** Asks for words or a pattern in the text. */
export function TextForm({ act, onAdd }: AddFormProps) {
  const [way, setWay] = useState<Way>("all");
  const [text, setText] = useState("");
  const [caseSensitive, setCaseSensitive] = useState(false);
  const condition: Condition =
    way === "regex"
      ? { regex: { pattern: text, caseSensitive } }
      : { keyword: { text, caseSensitive, match: way } };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd(condition);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="The text"
        data={[...ways]}
        value={way}
        onChange={(event) =>
          setWay(ways.find(({ value }) => value === event.currentTarget.value)?.value ?? "all")
        }
      />
      <TextInput
        label={way === "regex" ? "Pattern" : "Words"}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={1000}
        required
      />
      <Checkbox
        label="Mind capitals"
        checked={caseSensitive}
        onChange={(event) => setCaseSensitive(event.currentTarget.checked)}
      />
      <Button type="submit" disabled={text === ""}>
        {act}
      </Button>
    </form>
  );
}
