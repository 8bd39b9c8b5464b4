import type { ConfidenceSource } from "@countersign/core";
import { Button, Checkbox, NativeSelect, NumberInput, Textarea } from "@mantine/core";
import type { Draft } from "./draft.ts";
import styles from "./Fields.module.css";

export interface ConfidenceFieldsProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
}

/** How each method is called, and what it means for whoever chooses it. */
const methods: Readonly<
  Record<ConfidenceSource["by"], { readonly name: string; readonly hint: string }>
> = {
  "label-token-probability": {
    name: "Token probability of the label",
    hint: "Costs nothing more. Many newer models give no probabilities; their labels then have no confidence.",
  },
  "self-consistency": {
    name: "Agreement of several replies",
    hint: "Every record is asked about so many times. Needs a temperature above 0.",
  },
  "paraphrase-consistency": {
    name: "Agreement of several prompts",
    hint: "Every record is asked about once with each prompt.",
  },
  verbalised: {
    name: "What the model says",
    hint: "The prompt asks how sure the model is. Often little better than chance: measure it first.",
  },
};

const choices = (Object.keys(methods) as ConfidenceSource["by"][]).map((value) => ({
  value,
  label: methods[value].name,
}));

/** How sure a label is taken to be, and what becomes of a reply that names no option. */
export function ConfidenceFields({ draft, onChange }: ConfidenceFieldsProps) {
  const { confidence, samples, paraphrases, refine } = draft;
  const change = (id: number, text: string) =>
    onChange({ paraphrases: paraphrases.map((one) => (one.id === id ? { id, text } : one)) });
  return (
    <fieldset className={styles.fields}>
      <legend>Confidence</legend>
      <div className={styles.pair}>
        <NativeSelect
          label="Taken from"
          data={choices}
          value={confidence}
          onChange={(event) => {
            const chosen = choices.find(({ value }) => value === event.currentTarget.value);
            if (chosen) onChange({ confidence: chosen.value });
          }}
        />
        {confidence === "self-consistency" && (
          <NumberInput
            label="Replies a record"
            min={2}
            max={20}
            allowDecimal={false}
            required
            value={samples}
            onChange={(value) => onChange({ samples: typeof value === "number" ? value : "" })}
          />
        )}
      </div>
      <p className={styles.hint}>{methods[confidence].hint}</p>
      {confidence === "paraphrase-consistency" && (
        <>
          {paraphrases.map(({ id, text }) => (
            <Textarea
              key={id}
              className={styles.prompt}
              label={`System part in other words, ${id}`}
              value={text}
              required={id === 1}
              onChange={(event) => change(id, event.currentTarget.value)}
              autosize
              minRows={3}
              maxRows={12}
            />
          ))}
          {paraphrases.length < 19 && (
            <div>
              <Button
                variant="default"
                onClick={() =>
                  onChange({
                    paraphrases: [...paraphrases, { id: paraphrases.length + 1, text: "" }],
                  })
                }
              >
                Add another
              </Button>
            </div>
          )}
        </>
      )}
      <Checkbox
        label="Ask once more where a reply names no option"
        description="A second call maps the reply onto the options; it costs a call each time."
        checked={refine}
        onChange={(event) => onChange({ refine: event.currentTarget.checked })}
      />
    </fieldset>
  );
}
