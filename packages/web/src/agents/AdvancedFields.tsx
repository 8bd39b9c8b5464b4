import type { ModelInterface } from "@countersign/core";
import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import type { CapabilitiesDraft, Draft, Known } from "./draft.ts";
import styles from "./Fields.module.css";

export interface AdvancedFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const interfaces: readonly { readonly value: ModelInterface; readonly label: string }[] = [
  { value: "chat", label: "Chat completions" },
  { value: "responses", label: "Responses" },
  { value: "completions", label: "Completions" },
];

const known: readonly { readonly value: Known; readonly label: string }[] = [
  { value: "known", label: "as known" },
  { value: "yes", label: "yes" },
  { value: "no", label: "no" },
];

const number = (value: string | number): number | "" => (typeof value === "number" ? value : "");

/** What hardly anybody has to say: the interface, the API's version, and what the built-in table does not know of a model. */
export function AdvancedFields({ draft, onChange }: AdvancedFieldsProps) {
  const { provider, capabilities } = draft;
  const hasInterfaces = ["openai", "azure", "openai-compatible"].includes(provider);
  const offered = interfaces.filter(
    ({ value }) => provider !== "openai-compatible" || value !== "responses",
  );
  const say = (change: Partial<CapabilitiesDraft>) =>
    onChange({ capabilities: { ...capabilities, ...change } });
  const choice = (
    name: "reasoning" | "seed" | "structuredOutput" | "images" | "temperature" | "logprobs",
    label: string,
  ) => (
    <NativeSelect
      label={label}
      data={known}
      value={capabilities[name]}
      onChange={(event) => {
        const chosen = known.find(({ value }) => value === event.currentTarget.value);
        if (chosen) say({ [name]: chosen.value });
      }}
    />
  );
  return (
    <details className={styles.more}>
      <summary>More of the model</summary>
      <div className={styles.fields}>
        {hasInterfaces && (
          <div className={styles.pair}>
            <NativeSelect
              label="Interface"
              data={offered}
              value={
                offered.some(({ value }) => value === draft.interface) ? draft.interface : "chat"
              }
              onChange={(event) => {
                const chosen = offered.find(({ value }) => value === event.currentTarget.value);
                if (chosen) onChange({ interface: chosen.value });
              }}
            />
            {provider === "azure" && (
              <TextInput
                label="API version"
                placeholder="its v1 API"
                value={draft.apiVersion}
                onChange={(event) => onChange({ apiVersion: event.currentTarget.value })}
              />
            )}
          </div>
        )}
        <p className={styles.hint}>
          What models take and give is known of the usual ones. Say what is different or unknown.
        </p>
        <div className={styles.numbers}>
          {choice("reasoning", "Reasons first")}
          {choice("seed", "Takes a seed")}
          {choice("structuredOutput", "Takes a JSON Schema")}
          {choice("images", "Takes images")}
          {choice("temperature", "Takes temperature")}
          {capabilities.temperature === "yes" && (
            <NumberInput
              label="Highest temperature"
              placeholder="2"
              min={0.1}
              max={2}
              step={0.1}
              value={capabilities.mostTemperature}
              onChange={(value) => say({ mostTemperature: number(value) })}
            />
          )}
          {choice("logprobs", "Gives probabilities")}
          {capabilities.logprobs === "yes" && (
            <NumberInput
              label="Most alternatives"
              placeholder="20"
              min={1}
              max={20}
              allowDecimal={false}
              value={capabilities.mostLogprobs}
              onChange={(value) => say({ mostLogprobs: number(value) })}
            />
          )}
          <NumberInput
            label="Context tokens"
            placeholder="as known"
            min={1}
            allowDecimal={false}
            value={capabilities.contextTokens}
            onChange={(value) => say({ contextTokens: number(value) })}
          />
          <NumberInput
            label="Longest reply"
            placeholder="as known"
            min={1}
            allowDecimal={false}
            value={capabilities.outputTokens}
            onChange={(value) => say({ outputTokens: number(value) })}
          />
        </div>
      </div>
    </details>
  );
}
