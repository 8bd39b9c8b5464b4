import { NativeSelect, TextInput } from "@mantine/core";
import styles from "./Columns.module.css";
import type { ColumnRole } from "./roles.ts";

export interface MakerOfProps {
  readonly column: string;
  /** The names of all the file's columns. */
  readonly columns: readonly string[];
  readonly role: ColumnRole;
  readonly onChange: (maker: Pick<ColumnRole, "by" | "confidence">) => void;
}

/** More columns than this are not offered one by one. */
const mostOffered = 200;

/** Who gave the labels of a column: one name, or each row's own; and how sure a model was. */
export function MakerOf({ column, columns, role, onChange }: MakerOfProps) {
  const { by, confidence } = role;
  const name = column === "" ? "without a name" : column;
  const others = columns
    .filter((one) => one !== column)
    .slice(0, mostOffered)
    .map((one) => ({ value: `=${one}`, label: one === "" ? "(unnamed)" : one }));
  return (
    <div className={styles.maker}>
      <span>given by</span>
      <NativeSelect
        size="xs"
        aria-label={`Who gave the labels of column ${name}`}
        data={[
          { value: "", label: "one, whose name is" },
          { group: "whom this column names", items: others },
        ]}
        value={by && "column" in by ? `=${by.column}` : ""}
        onChange={({ currentTarget: { value } }) =>
          onChange({ by: value === "" ? undefined : { column: value.slice(1) } })
        }
      />
      {(!by || "name" in by) && (
        <TextInput
          size="xs"
          aria-label={`Name of who gave the labels of column ${name}`}
          placeholder={column || "unnamed"}
          value={by?.name ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ by: value.trim() === "" ? undefined : { name: value } })
          }
          maxLength={200}
        />
      )}
      {role.role.startsWith("model:") && (
        <>
          <span>its confidence in</span>
          <NativeSelect
            size="xs"
            aria-label={`Confidence of the labels of column ${name}`}
            data={[{ value: "", label: "no column" }, ...others]}
            value={confidence === undefined ? "" : `=${confidence}`}
            onChange={({ currentTarget: { value } }) =>
              onChange({ confidence: value === "" ? undefined : value.slice(1) })
            }
          />
        </>
      )}
    </div>
  );
}
