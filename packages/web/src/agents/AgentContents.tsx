import type { AgentContent } from "@countersign/core";
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
  const { prompt, parameters } = content;
  const named = Object.entries(parameterNames).flatMap(([key, words]) => {
    const value = parameters[key as keyof typeof parameterNames];
    return value === undefined ? [] : [`${words} ${value}`];
  });
  return (
    <div className={styles.contents}>
      <p>
        {named.join(", ")}. The reply is asked for as {forms[prompt.format]}.
      </p>
      {prompt.system && <Part name="System" text={prompt.system} />}
      <Part name="User" text={prompt.user} />
    </div>
  );
}

function Part({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <section>
      <h2 className={styles.name}>{name}</h2>
      <pre className={styles.prompt}>{text}</pre>
    </section>
  );
}
