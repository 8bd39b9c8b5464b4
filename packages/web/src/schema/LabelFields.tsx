import { Button, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { BoundFields } from "./BoundFields.tsx";
import {
  changed,
  type DraftLabel,
  type DraftOption,
  type Fault,
  moved,
  newOption,
  without,
} from "./draft.ts";
import styles from "./LabelFields.module.css";
import { OptionFields } from "./OptionFields.tsx";

export interface LabelFieldsProps {
  readonly label: DraftLabel;
  readonly place: number;
  readonly fault: Fault | undefined;
  readonly onChange: (change: Partial<DraftLabel>) => void;
  /** Left out for the only label. */
  readonly onRemove?: () => void;
}

const levels = [
  { value: "record", label: "the whole text" },
  { value: "span", label: "passages of the text" },
] as const;

const kinds = [
  { value: "single", label: "exactly one option" },
  { value: "multiple", label: "any number of options" },
  { value: "ranking", label: "the options in order" },
  { value: "number", label: "a number or rating" },
  { value: "text", label: "a text" },
] as const;

/** One label of the schema: what is asked, and the options or bounds. */
export function LabelFields({ label, place, fault, onChange, onRemove }: LabelFieldsProps) {
  const { name, kind, level, description, options } = label;
  const hasOptions = kind !== "number" && kind !== "text";
  const set = (changedOptions: readonly DraftOption[]) => onChange({ options: changedOptions });
  return (
    <fieldset className={styles.label}>
      <legend className="spoken">Label {place + 1}</legend>
      <div className={styles.heading}>
        <TextInput
          label="Label"
          placeholder="sentiment"
          value={name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          error={fault?.of === label.id}
          maxLength={100}
        />
        <NativeSelect
          label="Labelled is"
          data={levels}
          value={kind === "ranking" ? "record" : level}
          disabled={kind === "ranking"}
          onChange={(event) => {
            const chosen = levels.find(({ value }) => value === event.currentTarget.value);
            if (chosen) onChange({ level: chosen.value });
          }}
        />
        <NativeSelect
          label="It gets"
          data={kinds}
          value={kind}
          onChange={(event) => {
            const chosen = kinds.find(({ value }) => value === event.currentTarget.value);
            if (chosen) onChange({ kind: chosen.value });
          }}
        />
        {onRemove && (
          <Button variant="subtle" onClick={onRemove} className={styles.remove}>
            Remove label
          </Button>
        )}
      </div>
      <Textarea
        label="What is meant"
        description="Read by people, and put into the prompt."
        value={description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        autosize
        minRows={1}
        maxRows={8}
        maxLength={8000}
      />
      <BoundFields label={label} onChange={(bounds) => onChange({ bounds })} />
      {hasOptions && (
        <>
          <ol className={styles.options} aria-label="Options">
            {options.map((option, at) => (
              <OptionFields
                key={option.id}
                option={option}
                place={at}
                last={at === options.length - 1}
                faulty={fault?.of === option.id}
                onChange={(change) => set(changed(options, option.id, change))}
                onMove={(by) => set(moved(options, option.id, by))}
                {...(options.length > 1 && { onRemove: () => set(without(options, option.id)) })}
              />
            ))}
          </ol>
          <Button
            variant="default"
            onClick={() => set([...options, newOption()])}
            disabled={options.length >= 1000}
            className={styles.add}
          >
            Add an option
          </Button>
        </>
      )}
    </fieldset>
  );
}
