import { NativeSelect, TagsInput } from "@mantine/core";
import { kinds } from "../../metadata/typed.ts";
import { ValueFields } from "../../metadata/ValueFields.tsx";
import { type Compared, operators } from "./comparison.ts";

export interface ComparisonFieldsProps {
  readonly compared: Compared;
  readonly onChange: (compared: Compared) => void;
}

/** How a value of metadata is compared, and with what. */
export function ComparisonFields({ compared, onChange }: ComparisonFieldsProps) {
  const { operator, operand, several } = compared;
  // Yes and no have no order, and need no list.
  const offered = operators.filter(
    ({ value }) => operand.kind !== "boolean" || !/^([<>]=?|in)$/.test(value),
  );
  return (
    <>
      <NativeSelect
        label="Comparison"
        data={[...offered]}
        value={operator}
        onChange={(event) => {
          const chosen = offered.find(({ value }) => value === event.currentTarget.value);
          if (chosen) onChange({ ...compared, operator: chosen.value });
        }}
      />
      {operator === "in" && (
        <>
          <NativeSelect
            label="Kind"
            data={kinds.filter(({ value }) => value !== "boolean")}
            value={operand.kind}
            onChange={(event) => {
              const kind = kinds.find(({ value }) => value === event.currentTarget.value)?.value;
              if (kind) onChange({ ...compared, operand: { kind, text: "" } });
            }}
          />
          <TagsInput
            label="Values"
            description="Enter ends each."
            value={[...several]}
            onChange={(values) => onChange({ ...compared, several: values })}
            splitChars={[]}
            comboboxProps={{ withinPortal: false }}
          />
        </>
      )}
      {operator !== "in" && operator !== "exists" && operator !== "missing" && (
        <ValueFields
          written={operand}
          onChange={(written) =>
            onChange({
              ...compared,
              operand: written,
              operator: written.kind === "boolean" && operator !== "!=" ? "==" : operator,
            })
          }
        />
      )}
    </>
  );
}
