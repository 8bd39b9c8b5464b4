import type { PromptTemplate, SchemaDocument } from "@countersign/core";
import { Button, Checkbox, SegmentedControl, Textarea } from "@mantine/core";
import type { Draft } from "./draft.ts";
import styles from "./Fields.module.css";

export interface PromptFieldsProps {
  readonly draft: Draft;
  readonly schema: SchemaDocument;
  /** The prompt with the parts left out built from the schema; undefined until the server has built it. */
  readonly built: PromptTemplate | undefined;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** What the model is asked, every part open to change. */
export function PromptFields({ draft, schema, built, onChange }: PromptFieldsProps) {
  const names = schema.labels.map(({ name }) => name);
  const edited = draft.system !== undefined || draft.user !== undefined;
  return (
    <fieldset className={styles.fields}>
      <legend>Prompt</legend>
      {names.length > 1 && (
        <Checkbox.Group
          label="Labels asked for in one call"
          value={[...draft.labels]}
          onChange={(labels) => onChange({ labels })}
        >
          <div className={styles.pair}>
            {names.map((name) => (
              <Checkbox key={name} value={name} label={name} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      <SegmentedControl
        aria-label="Form of the reply"
        data={[
          { value: "line", label: "Reply as “name: option”" },
          { value: "json", label: "Reply as JSON" },
          { value: "structured", label: "JSON, held to the labels" },
        ]}
        value={draft.format}
        onChange={(format) => onChange({ format })}
      />
      <Textarea
        className={styles.prompt}
        label="System"
        description="Empty: the model gets no system part."
        value={draft.system ?? built?.system ?? ""}
        onChange={(event) => onChange({ system: event.currentTarget.value })}
        autosize
        minRows={3}
        maxRows={16}
      />
      <Textarea
        className={styles.prompt}
        label="User"
        description="{{text}} stands for the record’s text, {{column}} for a column as imported."
        value={draft.user ?? built?.user ?? ""}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
        autosize
        minRows={4}
        maxRows={24}
      />
      {edited && (
        <div>
          <Button
            variant="default"
            onClick={() => onChange({ system: undefined, user: undefined })}
          >
            Build it from the schema again
          </Button>
        </div>
      )}
    </fieldset>
  );
}
