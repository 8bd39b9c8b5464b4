import { Group, NativeSelect, TextInput } from "@mantine/core";
import { kinds, scalarOf, type Written } from "./typed.ts";

export interface ValueFieldsProps {
  readonly written: Written;
  readonly onChange: (written: Written) => void;
}

/** A value with its kind: “3” as a number is another than “3” as a text. */
export function ValueFields({ written, onChange }: ValueFieldsProps) {
  const { kind, text } = written;
  const unfit = kind === "number" && text !== "" && scalarOf(written) === undefined;
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <NativeSelect
        label="Kind"
        data={[...kinds]}
        value={kind}
        onChange={(event) => {
          const chosen = kinds.find(({ value }) => value === event.currentTarget.value);
          if (!chosen) return;
          const fits = chosen.value === "boolean" || chosen.value === "day" ? "" : text;
          onChange({ kind: chosen.value, text: chosen.value === "boolean" ? "true" : fits });
        }}
        w={112}
        flex="none"
      />
      {kind === "boolean" ? (
        <NativeSelect
          label="Value"
          data={[
            { value: "true", label: "yes" },
            { value: "false", label: "no" },
          ]}
          value={text}
          onChange={(event) => onChange({ kind, text: event.currentTarget.value })}
          flex={1}
        />
      ) : (
        <TextInput
          label="Value"
          type={kind === "day" ? "date" : "text"}
          inputMode={kind === "number" ? "decimal" : undefined}
          value={text}
          onChange={(event) => onChange({ kind, text: event.currentTarget.value })}
          error={unfit && "no number"}
          maxLength={500}
          flex={1}
        />
      )}
    </Group>
  );
}
