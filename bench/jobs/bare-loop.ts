import { type Agent, parseTemplate, renderPrompt } from "@countersign/core";
import { textOf } from "../texts.ts";

/** The requests that a job of this agent makes for the first `count` texts, written out beforehand. */
export function requestsOf({ content }: Agent, count: number): string[] {
  const { model, parameters, prompt } = content;
  const { temperature, topLogprobs } = parameters;
  const template = parseTemplate(prompt);
  return Array.from({ length: count }, (_, n) => {
    const { system, user } = renderPrompt(template, { text: textOf(n), columns: {} });
    const messages = [
      { role: "system", content: system },
      { role: "user", content: user },
    ];
    const probabilities = topLogprobs > 0 && { logprobs: true, top_logprobs: topLogprobs };
    return JSON.stringify({ model: model.model, temperature, messages, ...probabilities });
  });
}

/** The least that a program could do: so many at once, fetch, read the JSON, throw it away. Returns seconds. */
export async function bareLoop(
  url: string,
  requests: readonly string[],
  concurrency: number,
): Promise<number> {
  const start = performance.now();
  const waiting = requests.values();
  const caller = async () => {
    for (const body of waiting) {
      const response = await fetch(`${url}/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      await response.json();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, caller));
  return (performance.now() - start) / 1000;
}
