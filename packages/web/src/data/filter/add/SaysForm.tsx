import {
  type AnnotatorReference,
  isChoice,
  type Job,
  type LabelDefinition,
  type LabelledRecord,
  optionsOf,
  type Says,
} from "@countersign/core";
import { Button, Group, MultiSelect, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";
import { ByField } from "./ByField.tsx";

export interface SaysFormProps extends AddFormProps {
  readonly labels: readonly LabelDefinition[];
  readonly jobs: readonly Job[];
  readonly records: readonly LabelledRecord[];
}

/** Asks what a label says: options among others or of spans, a number within bounds, words of a text. */
export function SaysForm({ labels, jobs, records, act, onAdd }: SaysFormProps) {
  const [name, setName] = useState(labels[0]?.name ?? "");
  const [by, setBy] = useState<AnnotatorReference>();
  const [way, setWay] = useState<Way>("any");
  const [options, setOptions] = useState<readonly string[]>([]);
  const [least, setLeast] = useState<number>();
  const [most, setMost] = useState<number>();
  const [text, setText] = useState("");
  const label = labels.find((one) => one.name === name);
  const says: Says = !label
    ? {}
    : isChoice(label)
      ? options.length > 0
        ? { [way]: [...options] }
        : {}
      : label.kind === "number"
        ? {
            ...(least !== undefined && { ">=": least }),
            ...(most !== undefined && { "<=": most }),
          }
        : text !== ""
          ? { keyword: { text, caseSensitive: false } }
          : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAdd({ label: { name, ...(by && { by }), says } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <NativeSelect
        label="Label"
        data={labels.map((one) => one.name)}
        value={name}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setWay("any");
          setOptions([]);
        }}
      />
      <ByField jobs={jobs} records={records} by={by} onChange={setBy} />
      {label && isChoice(label) && (
        <>
          <NativeSelect
            label="It says"
            data={ways.filter(({ value }) => value !== "first" || label.kind === "ranking")}
            value={way}
            onChange={({ currentTarget: { value } }) =>
              setWay(ways.find((one) => one.value === value)?.value ?? "any")
            }
          />
          <MultiSelect
            label="Options"
            data={optionsOf(label).map((option) => ({ value: option.value, label: option.text }))}
            value={[...options]}
            onChange={setOptions}
            // In a portal, choosing an option would count as a click beside the form and close it.
            comboboxProps={{ withinPortal: false }}
            searchable
          />
        </>
      )}
      {label?.kind === "number" && (
        <Group gap="sm" grow>
          <NumberInput
            label="At least"
            value={least ?? ""}
            onChange={(to) => setLeast(given(to))}
          />
          <NumberInput label="At most" value={most ?? ""} onChange={(to) => setMost(given(to))} />
        </Group>
      )}
      {label?.kind === "text" && (
        <TextInput
          label="Its text contains"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={1000}
        />
      )}
      <Button type="submit" disabled={Object.keys(says).length === 0}>
        {act}
      </Button>
    </form>
  );
}

const ways = [
  { value: "any", label: "any of these" },
  { value: "all", label: "all of these" },
  { value: "first", label: "one of these first" },
] as const;

type Way = (typeof ways)[number]["value"];

const given = (to: string | number): number | undefined =>
  typeof to === "number" ? to : undefined;
