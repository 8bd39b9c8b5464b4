import type { LabelDefinition } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import { counted } from "../../format/number.ts";
import styles from "./Columns.module.css";
import type { Preview } from "./preview.ts";
import { type Role, roleChoices, withRole } from "./roles.ts";

export interface ColumnsProps {
  readonly preview: Preview;
  readonly roles: readonly Role[];
  readonly labels: readonly LabelDefinition[];
  readonly onChange: (roles: readonly Role[]) => void;
}

/** More than anyone looks through; the others are kept with the record. */
const mostShown = 200;

/** One line a column: its name, what it becomes, and how its cells begin. */
export function Columns({ preview: { columns, rows }, roles, labels, onChange }: ColumnsProps) {
  const choices = [...roleChoices(labels)];
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Column</th>
          <th scope="col">becomes</th>
          <th scope="col">Its first cells</th>
        </tr>
      </thead>
      <tbody>
        {columns.slice(0, mostShown).map((column, place) => (
          <tr key={column} data-role={roles[place]}>
            <th scope="row">{column === "" ? "(unnamed)" : column}</th>
            <td>
              <NativeSelect
                aria-label={`Column ${column === "" ? "without a name" : column} becomes`}
                data={choices}
                value={roles[place] ?? "kept"}
                onChange={(event) => {
                  const role = choices.find(({ value }) => value === event.currentTarget.value);
                  if (role) onChange(withRole(roles, place, role.value));
                }}
              />
            </td>
            <td>
              <ol className={styles.cells}>
                {firstCells(rows, place).map((cell) => (
                  <li key={cell} dir="auto">
                    {cell.slice(0, 200)}
                  </li>
                ))}
              </ol>
            </td>
          </tr>
        ))}
      </tbody>
      {columns.length > mostShown && (
        <caption>
          {counted(columns.length - mostShown, "more column")}, kept with the record.
        </caption>
      )}
    </table>
  );
}

/** The first cells of a column that differ. */
const firstCells = (rows: Preview["rows"], place: number): readonly string[] =>
  [...new Set(rows.map((row) => row[place] ?? ""))].slice(0, 3);
