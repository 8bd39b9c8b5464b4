import type { AgentContent, ConfidenceSource, PromptParts } from "@countersign/core";
import styles from "./AgentContents.module.css";

const parameterNames = {
  temperature: "temperature",
  topP: "top p",
  maxOutputTokens: "most output tokens",
  seed: "seed",
  topLogprobs: "alternatives a token",
} as const;

const forms = {
  line: "lines of “name: option”",
  json: "one JSON object",
  structured: "one JSON object, to which its provider holds it",
} as const;

/** All that decides what an agent asks. */
export function AgentContents({ content }: { readonly content: AgentContent }) {
  const { prompt, parameters, confidence, refine } = content;
  const named = Object.entries(parameterNames).flatMap(([key, words]) => {
    const value = parameters[key as keyof typeof parameterNames];
    return value === undefined ? [] : [`${words} ${value}`];
  });
  return (
    <div className={styles.contents}>
      <p>
        {named.join(", ")}. The reply is asked for as {forms[prompt.format]}.{" "}
        {confidenceWords(confidence)}
      </p>
      {prompt.system && <Part name="System" text={prompt.system} />}
      <Part name="User" text={prompt.user} />
      {prompt.examples && (
        <Part
          name="Examples"
          text={prompt.examples.map(({ text, reply }) => `${text}\n→ ${reply}`).join("\n\n")}
        />
      )}
      {confidence?.by === "paraphrase-consistency" &&
        confidence.prompts.map((parts, index) => (
          <Part
            key={partsText(parts)}
            name={`In other words, ${index + 1}`}
            text={partsText(parts)}
          />
        ))}
      {refine && <Part name="Where a reply names no option" text={partsText(refine)} />}
    </div>
  );
}

const partsText = ({ system, user }: PromptParts): string =>
  system === undefined ? user : `${system}\n\n${user}`;

function confidenceWords(confidence: ConfidenceSource | undefined): string {
  switch (confidence?.by) {
    case "self-consistency":
      return `Confidence is the agreement of ${confidence.samples} replies.`;
    case "paraphrase-consistency":
      return `Confidence is the agreement of ${confidence.prompts.length + 1} prompts.`;
    case "verbalised":
      return "Confidence is what the model says.";
    default:
      return "Confidence is the label’s token probability.";
  }
}

function Part({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <section>
      <h2 className={styles.name}>{name}</h2>
      <pre className={styles.prompt}>{text}</pre>
    </section>
  );
}
