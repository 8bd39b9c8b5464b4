import { OptionColour } from "@countersign/core";
import { TextInput, UnstyledButton } from "@mantine/core";
import { OptionMark } from "../label/OptionMark.tsx";
import { ColourField } from "./ColourField.tsx";
import { type DraftOption, isRenamed } from "./draft.ts";
import styles from "./OptionFields.module.css";

export interface OptionFieldsProps {
  readonly option: DraftOption;
  readonly place: number;
  readonly last: boolean;
  readonly faulty: boolean;
  readonly onChange: (change: Partial<DraftOption>) => void;
  readonly onMove: (by: -1 | 1) => void;
  /** Left out for the only option. */
  readonly onRemove?: () => void;
}

/** One option: what is stored, what is read, what it means; and its place among the others. */
export function OptionFields({
  option,
  place,
  last,
  faulty,
  onChange,
  onMove,
  onRemove,
}: OptionFieldsProps) {
  const name = option.text || option.value || `option ${place + 1}`;
  const head = (words: string) => (place === 0 ? { label: words } : { "aria-label": words });
  return (
    <li className={styles.option} data-first={place === 0 || undefined}>
      <span className={styles.mark}>
        <OptionMark place={place} colour={OptionColour.safeParse(option.colour).data} />
      </span>
      <TextInput
        {...head("Value, stored")}
        placeholder="neg"
        value={option.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
        error={faulty}
        maxLength={200}
      />
      <TextInput
        {...head("Text, read")}
        placeholder={option.value || "negative"}
        value={option.text}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
        maxLength={200}
      />
      <TextInput
        {...head("Meaning")}
        className={styles.meaning}
        value={option.description}
        onChange={(event) => onChange({ description: event.currentTarget.value })}
        maxLength={4000}
      />
      <ColourField
        {...head("Colour")}
        place={place}
        colour={option.colour}
        name={name}
        onChange={(colour) => onChange({ colour })}
      />
      <span className={styles.acts}>
        <UnstyledButton
          className={styles.act}
          disabled={place === 0}
          onClick={() => onMove(-1)}
          aria-label={`Move ${name} up`}
        >
          ↑
        </UnstyledButton>
        <UnstyledButton
          className={styles.act}
          disabled={last}
          onClick={() => onMove(1)}
          aria-label={`Move ${name} down`}
        >
          ↓
        </UnstyledButton>
        <UnstyledButton
          className={styles.act}
          disabled={!onRemove}
          onClick={onRemove}
          aria-label={`Remove ${name}`}
        >
          ×
        </UnstyledButton>
      </span>
      {isRenamed(option) && (
        <label className={styles.renamed}>
          <input
            type="checkbox"
            checked={!option.unmapped}
            onChange={(event) => onChange({ unmapped: !event.currentTarget.checked })}
          />{" "}
          was “{option.was}”: labels that say so become “{option.value.trim()}”
        </label>
      )}
    </li>
  );
}
