import type { LabelDefinition, PreviewControl } from "@countersign/core";
import { NativeSelect } from "@mantine/core";
import styles from "./Columns.module.css";

export interface ControlsProps {
  readonly controls: readonly PreviewControl[];
  readonly labels: readonly LabelDefinition[];
  /** The file's name of a label → the schema's, or null where it is left out. */
  readonly chosen: Readonly<Record<string, string | null>>;
  readonly onChange: (control: string, label: string | null) => void;
}

/** The labels that a file brings along, whose they are, and which of the schema's they are. */
export function Controls({ controls, labels, chosen, onChange }: ControlsProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Label in the file</th>
          <th scope="col">becomes</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        {controls.map(({ name, annotators }) => (
          <tr key={name} data-role={chosen[name] ? "label" : "kept"}>
            <th scope="row">{name}</th>
            <td>
              <NativeSelect
                aria-label={`Label ${name} becomes`}
                data={[
                  { value: "", label: "left out" },
                  ...labels.map((label) => ({ value: label.name, label: label.name })),
                ]}
                value={chosen[name] ?? ""}
                onChange={(event) => onChange(name, event.currentTarget.value || null)}
              />
            </td>
            <td>{annotators.map((one) => one.name).join(", ")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
