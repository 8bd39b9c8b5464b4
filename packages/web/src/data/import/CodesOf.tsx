import type { Codes, LabelDefinition } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import styles from "./Columns.module.css";

export interface CodesOfProps {
  readonly column: string;
  readonly label: LabelDefinition;
  readonly cells: readonly string[];
  readonly codes: Codes;
  readonly onChange: (cell: string, meaning: string | null | undefined) => void;
}

const none = "\u0000none";

/** Cells that are no options: what each of them stands for. */
export function CodesOf({ column, label, cells, codes, onChange }: CodesOfProps) {
  const options = "options" in label ? label.options : [];
  return (
    <ul className={styles.codes}>
      {cells.map((cell) => {
        const meaning = codes[cell];
        return (
          <li key={cell}>
            <span>“{cell}” stands for</span>
            <NativeSelect
              size="xs"
              aria-label={`In column ${column} “${cell}” stands for`}
              data={[
                { value: "", label: "say what" },
                ...options.map(({ value, text }) => ({ value: `=${value}`, label: text })),
                { value: none, label: "no label" },
              ]}
              value={meaning === undefined ? "" : meaning === null ? none : `=${meaning}`}
              onChange={({ currentTarget: { value } }) =>
                onChange(cell, value === "" ? undefined : value === none ? null : value.slice(1))
              }
            />
          </li>
        );
      })}
    </ul>
  );
}
