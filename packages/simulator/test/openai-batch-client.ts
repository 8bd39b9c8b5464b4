import { expect } from "vitest";
import type { SimulatorOptions } from "../src/index.ts";
import { model, simulator } from "./client.ts";

export const replies = Array.from({ length: 10 }, (_, i) => ({
  match: `Message number ${i}.`,
  reply: `sentiment: ${["negative", "neutral", "positive"][i % 3]}`,
}));

export const chat = (i: number) => ({
  model,
  messages: [{ role: "user", content: `Message number ${i}.` }],
});

export const line = (i: number, body: object = chat(i)) => ({
  custom_id: `record-${i}`,
  method: "POST",
  url: "/v1/chat/completions",
  body,
});

export interface Batch {
  readonly id: string;
  readonly status: string;
  readonly output_file_id: string | null;
  readonly error_file_id: string | null;
  readonly request_counts: unknown;
}

interface Result {
  readonly custom_id: string;
  readonly response: { readonly status_code: number; readonly body: unknown } | null;
  readonly error: unknown;
}

/** A simulator, and OpenAI's files and batches as a client uses them. */
export async function batches(options: Partial<SimulatorOptions> = {}) {
  const running = await simulator({ replies, ...options });
  const { url, postTo } = running;

  const upload = async (content: string, name = "input.jsonl", purpose = "batch") => {
    const form = new FormData();
    form.append("purpose", purpose);
    form.append("file", new Blob([content]), name);
    return fetch(`${url}/files`, { method: "POST", body: form });
  };
  const uploaded = async (lines: readonly (object | string)[]): Promise<string> => {
    const text = lines.map((each) => (typeof each === "string" ? each : JSON.stringify(each)));
    const file: { id: string } = JSON.parse(await (await upload(`${text.join("\n")}\n`)).text());
    return file.id;
  };
  const create = async (
    lines: readonly (object | string)[],
    endpoint = "/v1/chat/completions",
  ): Promise<Batch> => {
    const response = await postTo("/batches", {
      input_file_id: await uploaded(lines),
      endpoint,
      completion_window: "24h",
      metadata: { job: "7" },
    });
    return JSON.parse(await response.text());
  };
  const get = async (id: string): Promise<Batch> =>
    JSON.parse(await (await fetch(`${url}/batches/${id}`)).text());
  const ended = async (id: string): Promise<Batch> => {
    await expect
      .poll(async () => (await get(id)).status, { timeout: 10_000 })
      .toMatch(/^(completed|failed|expired|cancelled)$/);
    return get(id);
  };
  const cancel = (id: string) => postTo(`/batches/${id}/cancel`, {});
  const results = async (fileId: string | null): Promise<Result[]> => {
    if (fileId === null) return [];
    const content = await (await fetch(`${url}/files/${fileId}/content`)).text();
    return content
      .trimEnd()
      .split("\n")
      .map((text) => JSON.parse(text));
  };
  return { ...running, upload, create, get, ended, cancel, results };
}
