import { expect, test } from "vitest";
import { type Question, replyKey } from "./reply-key.ts";

const question: Question = {
  provider: "openai-compatible",
  connection: { address: "http://localhost/v1", model: "m", keyVariable: undefined },
  parameters: { temperature: 0, topLogprobs: 5 },
  prompt: { system: "s", user: "u" },
  sample: 0,
};
const name = (changed: Partial<Question> = {}) =>
  replyKey({ ...question, ...changed }).toString("hex");

test("whatever decides the answer decides the key, and nothing else does", () => {
  const changes: Partial<Question>[] = [
    { provider: "openai" },
    { connection: { ...question.connection, model: "n" } },
    { connection: { ...question.connection, address: "http://elsewhere/v1" } },
    { connection: { ...question.connection, deployment: "d" } },
    { connection: { ...question.connection, interface: "completions" } },
    { parameters: { temperature: 1, topLogprobs: 5 } },
    { prompt: { system: "s", user: "v" } },
    { prompt: { system: "su", user: "" } },
    { structure: { type: "string", enum: ["a"] } },
    { sample: 1 },
  ];
  expect(new Set([name(), ...changes.map(name)]).size).toBe(changes.length + 1);
  expect(name({ connection: { ...question.connection, keyVariable: "OTHER_API_KEY" } })).toBe(
    name(),
  );
  expect(name({ parameters: { topLogprobs: 5, temperature: 0 } })).toBe(name());
});
