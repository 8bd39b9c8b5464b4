import type { LabelDefinition, PreviewColumn } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import { counted } from "../../format/number.ts";
import { CodesOf } from "./CodesOf.tsx";
import styles from "./Columns.module.css";
import { MakerOf } from "./MakerOf.tsx";
import {
  type ColumnRole,
  labelIn,
  roleChoices,
  unreadCells,
  withCode,
  withMaker,
  withRole,
} from "./roles.ts";

export interface ColumnsProps {
  readonly columns: readonly PreviewColumn[];
  readonly roles: readonly ColumnRole[];
  readonly labels: readonly LabelDefinition[];
  readonly onChange: (roles: readonly ColumnRole[]) => void;
}

/** More than anyone looks through; the others are kept with the record. */
const mostShown = 200;

/** One line a column: its name, what it becomes, and how its cells begin. */
export function Columns({ columns, roles, labels, onChange }: ColumnsProps) {
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
        {columns.slice(0, mostShown).map((column, place) => {
          const { role, codes } = roles[place] ?? { role: "kept" as const, codes: {} };
          const label = labelIn(role, labels);
          const unread = label ? unreadCells(column, label) : [];
          const name = column.name === "" ? "without a name" : column.name;
          return (
            <tr key={column.name} data-role={role}>
              <th scope="row">{column.name === "" ? "(unnamed)" : column.name}</th>
              <td>
                <NativeSelect
                  aria-label={`Column ${name} becomes`}
                  data={choices}
                  value={role}
                  onChange={(event) => {
                    const chosen = choices.find(({ value }) => value === event.currentTarget.value);
                    if (chosen) onChange(withRole(roles, place, chosen.value));
                  }}
                />
              </td>
              <td>
                <ol className={styles.cells}>
                  {column.samples.map((cell) => (
                    <li key={cell} dir="auto">
                      {cell}
                    </li>
                  ))}
                </ol>
                {/^(model|person):/.test(role) && (
                  <MakerOf
                    column={column.name}
                    columns={columns.map((one) => one.name)}
                    role={roles[place] ?? { role, codes }}
                    onChange={(maker) => onChange(withMaker(roles, place, maker))}
                  />
                )}
                {label && unread.length > 0 && (
                  <CodesOf
                    column={name}
                    label={label}
                    cells={unread}
                    codes={codes}
                    onChange={(cell, meaning) => onChange(withCode(roles, place, cell, meaning))}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
      {columns.length > mostShown && (
        <caption>
          {counted(columns.length - mostShown, "more column")}, kept with the record.
        </caption>
      )}
    </table>
  );
}
