import { NumberInput } from "@mantine/core";
import type { Draft } from "./draft.ts";
import styles from "./Fields.module.css";

export interface ParameterFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const number = (value: string | number): number | "" => (typeof value === "number" ? value : "");

/** How the model samples; what is left empty is left to the provider. */
export function ParameterFields({ draft, onChange }: ParameterFieldsProps) {
  return (
    <>
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
    </>
  );
}
