import { onTestFinished } from "vitest";
import type { Call } from "../src/index.ts";
import { type SimulatorOptions, startSimulator } from "../src/index.ts";

interface Completion {
  readonly id: string;
  readonly model: string;
  readonly choices: readonly {
    readonly message: { readonly content: string };
    readonly finish_reason: string;
    readonly logprobs: {
      readonly content: readonly {
        readonly token: string;
        readonly logprob: number;
        readonly bytes: readonly number[];
        readonly top_logprobs: readonly { readonly token: string; readonly logprob: number }[];
      }[];
    } | null;
  }[];
  readonly usage: Readonly<Record<"prompt_tokens" | "completion_tokens" | "total_tokens", number>>;
}

interface Failure {
  readonly error: Readonly<Record<"message" | "type" | "param" | "code", string | null>>;
}

export const model = "simulated-small";

/** A simulator for one test, with all it was asked; closed when the test is over. */
export async function simulator(options: Omit<SimulatorOptions, "port" | "log">) {
  const calls: Call[] = [];
  const running = await startSimulator({ ...options, port: 0, log: (call) => calls.push(call) });
  onTestFinished(running.close);

  const post = (body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${running.url}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: typeof body === "string" ? body : JSON.stringify(body),
      ...(signal && { signal }),
    });
  const postTo = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${running.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const ask = (content: string, more: object = {}) =>
    post({ model, messages: [{ role: "user", content }], ...more });
  return {
    ...running,
    counts: () => running.calls,
    log: calls,
    post,
    /** Posts JSON to any endpoint. */
    postTo,
    ask,
    completion: async (content: string, more: object = {}): Promise<Completion> =>
      completionOf(await ask(content, more)),
    said: async (content: string): Promise<string | undefined> =>
      (await completionOf(await ask(content))).choices[0]?.message.content,
  };
}

export const completionOf = async (response: Response): Promise<Completion> =>
  JSON.parse(await response.text());

/** A body read as JSON, to be compared with what it should be. */
export const jsonOf = async (response: Response): Promise<unknown> =>
  JSON.parse(await response.text());

export const failureOf = async (response: Response): Promise<Failure["error"]> => {
  const failure: Failure = JSON.parse(await response.text());
  return failure.error;
};
