import { NumberInput, SegmentedControl, TextInput } from "@mantine/core";
import type { Draft } from "./draft.ts";
import styles from "./Fields.module.css";

export interface ModelFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const number = (value: string | number): number | "" => (typeof value === "number" ? value : "");

/** How the model is reached, and its parameters. */
export function ModelFields({ draft, onChange }: ModelFieldsProps) {
  return (
    <fieldset className={styles.fields}>
      <legend>Model</legend>
      <SegmentedControl
        aria-label="Provider"
        data={[
          { value: "openai", label: "OpenAI" },
          { value: "openai-compatible", label: "OpenAI-compatible address" },
        ]}
        value={draft.provider}
        onChange={(provider) => onChange({ provider })}
      />
      {draft.provider === "openai-compatible" && (
        <div className={styles.pair}>
          <TextInput
            label="Base URL"
            placeholder="http://localhost:11434/v1"
            type="url"
            required
            value={draft.baseUrl}
            onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
          />
          <TextInput
            label="Key variable"
            placeholder="none"
            description="The server’s variable that holds the key"
            pattern="[A-Z][A-Z0-9_]*_API_KEY"
            value={draft.keyVariable}
            onChange={(event) => onChange({ keyVariable: event.currentTarget.value })}
          />
        </div>
      )}
      <div className={styles.pair}>
        <TextInput
          label="Model"
          placeholder="gpt-4o-mini"
          required
          maxLength={200}
          value={draft.model}
          onChange={(event) => onChange({ model: event.currentTarget.value })}
        />
        <TextInput
          label="Agent’s name"
          placeholder={draft.model || "the model’s name"}
          maxLength={100}
          value={draft.name}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
      </div>
      <div className={styles.numbers}>
        <NumberInput
          label="Temperature"
          placeholder="default"
          min={0}
          max={2}
          step={0.1}
          value={draft.temperature}
          onChange={(value) => onChange({ temperature: number(value) })}
        />
        <NumberInput
          label="Top p"
          placeholder="default"
          min={0}
          max={1}
          step={0.05}
          value={draft.topP}
          onChange={(value) => onChange({ topP: number(value) })}
        />
        <NumberInput
          label="Output tokens"
          placeholder="default"
          min={1}
          max={1_000_000}
          allowDecimal={false}
          value={draft.maxOutputTokens}
          onChange={(value) => onChange({ maxOutputTokens: number(value) })}
        />
        <NumberInput
          label="Seed"
          placeholder="none"
          allowDecimal={false}
          value={draft.seed}
          onChange={(value) => onChange({ seed: number(value) })}
        />
        <NumberInput
          label="Alternatives"
          min={0}
          max={20}
          allowDecimal={false}
          value={draft.topLogprobs}
          onChange={(value) => onChange({ topLogprobs: number(value) })}
        />
      </div>
      <p className={styles.hint}>
        Alternatives are asked for at each token; confidence is computed from them. Set 0 for a
        model that does not give probabilities.
      </p>
    </fieldset>
  );
}
