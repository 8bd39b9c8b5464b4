import { Autocomplete, Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import styles from "./AddForm.module.css";
import type { AddFormProps } from "./add-form.ts";

const operators = [
  { value: "==", label: "is" },
  { value: "!=", label: "is not" },
  { value: "<", label: "is less than" },
  { value: "<=", label: "is at most" },
  { value: ">", label: "is more than" },
  { value: ">=", label: "is at least" },
  { value: "exists", label: "is there" },
  { value: "missing", label: "is missing" },
] as const;

type Operator = (typeof operators)[number]["value"];

export interface MetadataFormProps extends AddFormProps {
  /** Names that the records shown have. */
  readonly names: readonly string[];
}

/** Compares one value of the metadata. */
export function MetadataForm({ names, onAdd }: MetadataFormProps) {
  const [name, setName] = useState(names[0] ?? "");
  const [operator, setOperator] = useState<Operator>("==");
  const [operand, setOperand] = useState("");
  const [asText, setAsText] = useState(false);
  const compares = operator !== "exists" && operator !== "missing";
  const value = asText ? operand : typed(operand);
  const unordered = typeof value === "boolean" && operator !== "==" && operator !== "!=";
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (compares) onAdd({ metadata: { [name]: { [operator]: value } } });
    else onAdd({ metadata: { [name]: { exists: operator === "exists" } } });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Autocomplete
        label="Metadata"
        data={[...names]}
        value={name}
        onChange={setName}
        // In a portal, choosing a name would count as a click beside the form and close it.
        comboboxProps={{ withinPortal: false }}
        required
      />
      <NativeSelect
        label="Comparison"
        data={[...operators]}
        value={operator}
        onChange={(event) =>
          setOperator(
            operators.find(({ value }) => value === event.currentTarget.value)?.value ?? "==",
          )
        }
      />
      {compares && (
        <>
          <TextInput
            label="Value"
            description="A number, true or false, a day such as 2026-01-31, or a text."
            value={operand}
            onChange={(event) => setOperand(event.currentTarget.value)}
            error={unordered && "true and false have no order"}
            maxLength={500}
          />
          {typeof typed(operand) !== "string" && (
            <Checkbox
              label="Take it for a text"
              description="As columns of a CSV file are."
              checked={asText}
              onChange={(event) => setAsText(event.currentTarget.checked)}
            />
          )}
        </>
      )}
      <Button type="submit" disabled={name === "" || unordered}>
        Narrow the records
      </Button>
    </form>
  );
}

function typed(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  const trimmed = text.trim();
  return trimmed !== "" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
}
