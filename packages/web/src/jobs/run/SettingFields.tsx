import { JobSettings } from "@countersign/core";
import { NumberInput } from "@mantine/core";
import styles from "./SettingFields.module.css";

export type Settings = Partial<JobSettings>;

export interface SettingFieldsProps {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

const standard = JobSettings.parse({});

/** How hard the provider may be pressed; folded, for the standard suits most. */
export function SettingFields({ settings, onChange }: SettingFieldsProps) {
  const field = (name: "concurrency" | "maxAttempts" | "timeoutSeconds", max: number) => ({
    placeholder: String(standard[name]),
    value: settings[name] ?? "",
    onChange: (value: string | number) =>
      onChange({ ...settings, [name]: typeof value === "number" ? value : undefined }),
    min: 1,
    max,
    allowDecimal: false,
  });
  return (
    <details className={styles.settings}>
      <summary>Pace and patience</summary>
      <div className={styles.fields}>
        <NumberInput label="Calls at once, at most" {...field("concurrency", 512)} />
        <NumberInput label="Calls for one record" {...field("maxAttempts", 20)} />
        <NumberInput label="Seconds a call may take" {...field("timeoutSeconds", 3600)} />
      </div>
    </details>
  );
}
