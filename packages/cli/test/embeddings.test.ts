import { expect, test } from "vitest";
import { countersign } from "./countersign.ts";

test.each([
  [["create", "e"], "--model"],
  [["create", "--model", "m"], "name"],
  [["create", "e", "--model", "m", "--dimensions", "many"], "number"],
  [["create", "e", "--model", "m", "--provider", "anthropic"], "anthropic"],
  [
    ["create", "e", "--model", "m", "--provider", "openai", "--base-url", "http://x/v1"],
    "--base-url goes with",
  ],
  [["create", "e", "--model", "m", "--base-url", "nowhere"], "Invalid URL"],
  [
    ["create", "e", "--model", "m", "--endpoint", "http://x"],
    "--endpoint goes with --provider azure",
  ],
])("wrong usage is told before anything is begun: embeddings %j", async (words, told) => {
  const { code, stderr } = await countersign(["embeddings", ...words]);
  expect(code).toBe(2);
  expect(stderr).toContain(told);
});
