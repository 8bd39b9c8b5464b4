import { expect, test } from "vitest";
import { key, vectorsOverTheWire, type WireReply } from "../../../test/wire.ts";

const bearer = { authorization: `Bearer ${key}` };

const listed = (...vectors: number[][]): WireReply => ({
  body: {
    id: "e",
    object: "list",
    model: "small",
    data: vectors.map((embedding, index) => ({ object: "embedding", index, embedding })),
    usage: { prompt_tokens: 5, total_tokens: 5 },
  },
});
const two = listed([1, 0.5], [0, -1]);
const read = {
  ok: true,
  value: {
    vectors: [Float32Array.of(1, 0.5), Float32Array.of(0, -1)],
    usage: { inputTokens: 5 },
    simulated: false,
  },
};

const openai = { provider: "openai", model: "text-embedding-3-small" } as const;
const openaiVariables = (address: string) => ({
  OPENAI_API_KEY: key,
  OPENAI_BASE_URL: `${address}/v1`,
});

test("OpenAI is asked for vectors of a length, which are read", async () => {
  const { result, requests } = await vectorsOverTheWire(openai, openaiVariables, two, 2);
  expect(requests).toMatchObject([
    {
      path: "/v1/embeddings",
      headers: bearer,
      body: { model: openai.model, input: ["hello", "bye"], dimensions: 2 },
    },
  ]);
  expect(result).toMatchObject(read);
});

test("no length is asked for where none is wanted", async () => {
  const { requests } = await vectorsOverTheWire(openai, openaiVariables, two);
  expect(requests[0]?.body).not.toHaveProperty("dimensions");
});

test("Azure is asked at the deployment's address, with the key in its header", async () => {
  const { result, requests } = await vectorsOverTheWire(
    { ...openai, provider: "azure", deployment: "vectors-eu", apiVersion: "2024-10-21" },
    (address) => ({ AZURE_API_KEY: key, AZURE_OPENAI_ENDPOINT: `${address}/` }),
    two,
  );
  expect(requests).toMatchObject([
    {
      path: "/openai/deployments/vectors-eu/embeddings?api-version=2024-10-21",
      headers: { "api-key": key },
      body: { input: ["hello", "bye"] },
    },
  ]);
  expect(result).toMatchObject(read);
});

test("Google is asked for a batch, each text with the length", async () => {
  const { result, requests } = await vectorsOverTheWire(
    { provider: "google", model: "gemini-embedding-001" },
    (address) => ({ GEMINI_API_KEY: key, GOOGLE_GEMINI_BASE_URL: address }),
    { body: { embeddings: [{ values: [1, 0.5] }, { values: [0, -1] }] } },
    2,
  );
  expect(requests).toMatchObject([
    {
      path: "/v1beta/models/gemini-embedding-001:batchEmbedContents",
      headers: { "x-goog-api-key": key },
      body: {
        requests: ["hello", "bye"].map((text) => ({
          model: "models/gemini-embedding-001",
          content: { parts: [{ text }] },
          outputDimensionality: 2,
        })),
      },
    },
  ]);
  expect(result).toMatchObject({ ok: true, value: { vectors: read.value.vectors } });
});

test("Mistral is asked for a length by its own name for it", async () => {
  const { result, requests } = await vectorsOverTheWire(
    { provider: "mistral", model: "codestral-embed" },
    (address) => ({ MISTRAL_API_KEY: key, MISTRAL_BASE_URL: address }),
    two,
    2,
  );
  expect(requests).toMatchObject([
    {
      path: "/v1/embeddings",
      headers: bearer,
      body: { model: "codestral-embed", input: ["hello", "bye"], output_dimension: 2 },
    },
  ]);
  expect(result).toMatchObject(read);
});

test.each([
  ["one vector for two texts", listed([1, 0])],
  ["vectors of two lengths", listed([1, 0], [1])],
])("%s is a malformed reply, asked for again", async (_, reply) => {
  const { result } = await vectorsOverTheWire(openai, openaiVariables, reply);
  expect(result).toMatchObject({ error: { kind: "retry", reason: "malformed-reply" } });
});
