import { type Budget, JobSettings } from "@countersign/core";
import { Checkbox, NumberInput } from "@mantine/core";
import styles from "./SettingFields.module.css";

export type Settings = Partial<JobSettings>;

export interface SettingFieldsProps {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}

const standard = JobSettings.parse({});

const given = (value: string | number): number | undefined =>
  typeof value === "number" ? value : undefined;

/** What the job may use up before it pauses; an empty field has no bound. */
export function BudgetFields({ settings, onChange }: SettingFieldsProps) {
  const { budget = {} } = settings;
  const field = (name: keyof Budget) => ({
    placeholder: "no bound",
    value: budget[name] ?? "",
    onChange: (value: string | number) =>
      onChange({ ...settings, budget: { ...budget, [name]: given(value) } }),
    thousandSeparator: true,
    allowNegative: false,
  });
  return (
    <fieldset className={styles.group}>
      <legend>Budget</legend>
      <p className={styles.says}>
        The job pauses when one of these is used up; what was paid for is kept, and it can go on
        with more.
      </p>
      <div className={styles.fields}>
        <NumberInput label="Dollars" prefix="$" decimalScale={4} {...field("usd")} />
        <NumberInput label="Tokens" min={1} allowDecimal={false} {...field("tokens")} />
        <NumberInput label="Records" min={1} allowDecimal={false} {...field("records")} />
      </div>
    </fieldset>
  );
}

/** How hard the provider may be pressed; folded, for the standard suits most. */
export function SettingFields({ settings, onChange }: SettingFieldsProps) {
  const change = (name: keyof Settings) => (value: string | number) =>
    onChange({ ...settings, [name]: given(value) });
  const field = (name: "concurrency" | "maxAttempts" | "timeoutSeconds", max: number) => ({
    placeholder: String(standard[name]),
    value: settings[name] ?? "",
    onChange: change(name),
    min: 1,
    max,
    allowDecimal: false,
  });
  const limit = (name: "requestsPerMinute" | "tokensPerMinute") => ({
    placeholder: "the provider’s",
    value: settings[name] ?? "",
    onChange: change(name),
    thousandSeparator: true,
    allowNegative: false,
  });
  return (
    <details className={styles.settings}>
      <summary>Pace and patience</summary>
      <div className={styles.fields}>
        <NumberInput label="Calls at once, at most" {...field("concurrency", 512)} />
        <NumberInput label="Calls for one record" {...field("maxAttempts", 20)} />
        <NumberInput label="Seconds a call may take" {...field("timeoutSeconds", 3600)} />
        <NumberInput label="Requests a minute" {...limit("requestsPerMinute")} />
        <NumberInput label="Tokens a minute" {...limit("tokensPerMinute")} />
      </div>
      <Checkbox
        className={styles.anew}
        label="Ask about every record anew, also where a reply is stored"
        checked={settings.reuse === false}
        onChange={(event) =>
          onChange({ ...settings, reuse: event.currentTarget.checked ? false : undefined })
        }
      />
    </details>
  );
}
