import { NativeSelect, TextInput } from "@mantine/core";
import { AdvancedFields } from "./AdvancedFields.tsx";
import type { Draft } from "./draft.ts";
import styles from "./Fields.module.css";
import { ParameterFields } from "./ParameterFields.tsx";
import { type Provider, providers } from "./providers.ts";

export interface ModelFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

const choices = (Object.keys(providers) as Provider[]).map((value) => ({
  value,
  label: providers[value].name,
}));

/** How the model is reached, and its parameters. */
export function ModelFields({ draft, onChange }: ModelFieldsProps) {
  const { provider } = draft;
  const field = (name: "model" | "name" | "address" | "deployment" | "keyVariable") => ({
    value: draft[name],
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange({ [name]: event.currentTarget.value }),
  });
  return (
    <fieldset className={styles.fields}>
      <legend>Model</legend>
      <div className={styles.pair}>
        <NativeSelect
          label="Provider"
          data={choices}
          value={provider}
          onChange={(event) => {
            const chosen = choices.find(({ value }) => value === event.currentTarget.value);
            if (chosen) onChange({ provider: chosen.value });
          }}
        />
        <TextInput
          label="Key variable"
          placeholder={providers[provider].keyVariable}
          pattern="[A-Z][A-Z0-9_]*_API_KEY"
          title="Ends in _API_KEY; the key itself stays in the server’s environment"
          {...field("keyVariable")}
        />
      </div>
      {provider === "openai-compatible" && (
        <TextInput
          label="Base URL"
          placeholder="http://localhost:11434/v1"
          type="url"
          required
          {...field("address")}
        />
      )}
      {provider === "azure" && (
        <div className={styles.pair}>
          <TextInput
            label="Resource’s address"
            placeholder="AZURE_OPENAI_ENDPOINT"
            type="url"
            {...field("address")}
          />
          <TextInput
            label="Deployment"
            placeholder={draft.model || "the model’s name"}
            {...field("deployment")}
          />
        </div>
      )}
      <div className={styles.pair}>
        <TextInput
          label="Model"
          placeholder="gpt-4o-mini"
          required
          maxLength={200}
          {...field("model")}
        />
        <TextInput
          label="Agent’s name"
          placeholder={draft.model || "the model’s name"}
          maxLength={100}
          {...field("name")}
        />
      </div>
      <ParameterFields draft={draft} onChange={onChange} />
      <AdvancedFields draft={draft} onChange={onChange} />
    </fieldset>
  );
}
