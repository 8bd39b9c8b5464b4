import type { LabelDefinition } from "@countersign/core";
import { Button, Group, NativeSelect, TagsInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

export interface VerdictFormProps extends AddFormProps {
  readonly labels: readonly LabelDefinition[];
  /** Who has given a verdict on any of the records shown. */
  readonly people: readonly string[];
}

/** Asks who countersigned a label, how, and when. */
export function VerdictForm({ labels, people, act, onAdd }: VerdictFormProps) {
  const [label, setLabel] = useState("");
  const [status, setStatus] = useState<"confirmed" | "corrected" | "">("");
  const [by, setBy] = useState<readonly string[]>([]);
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const at = {
      ...(from !== "" && { ">=": from }),
      ...(until !== "" && { "<": dayAfter(until) }),
    };
    onAdd({
      label: {
        ...(label !== "" && { name: label }),
        ...(status !== "" && { status: [status] }),
        verified: {
          ...(by.length > 0 && { by: [...by] }),
          ...(Object.keys(at).length > 0 && { at }),
        },
      },
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Label"
        data={[{ value: "", label: "any" }, ...labels.map(({ name }) => name)]}
        value={label}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <NativeSelect
        label="Verdict"
        data={[
          { value: "", label: "either" },
          { value: "confirmed", label: "confirmed" },
          { value: "corrected", label: "corrected" },
        ]}
        value={status}
        onChange={({ currentTarget: { value } }) =>
          setStatus(value === "confirmed" || value === "corrected" ? value : "")
        }
      />
      <TagsInput
        label="By"
        description="Any of these; anybody if left empty."
        data={[...people]}
        value={[...by]}
        onChange={setBy}
        comboboxProps={{ withinPortal: false }}
      />
      <Group gap="sm" grow>
        <TextInput
          label="From"
          type="date"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          label="Until"
          type="date"
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Group>
      <p className={styles.aside}>Whole days, in UTC.</p>
      <Button type="submit">{act}</Button>
    </form>
  );
}

/** The next day, so that “until” has its day whole. */
function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
