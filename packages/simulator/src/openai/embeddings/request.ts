import { z } from "zod";
import { shortHash } from "../../calls.ts";
import { reading } from "../../simulation/model-call.ts";
import { openai } from "../dialect.ts";
import { embeddingList } from "./list.ts";
import { usualDimensions } from "./vector.ts";

const text = z.string("the simulator takes texts, not tokens").min(1, "a text must not be empty");

/** The part of a request for embeddings that decides the answer; everything else is taken and left unread. */
export const EmbeddingRequest = z.object({
  model: z.string(),
  input: z.union([text, z.array(text).min(1).max(2048)]),
  dimensions: z.int().min(1).max(2048).nullish(),
  encoding_format: z.enum(["float", "base64"]).nullish(),
});
export type EmbeddingRequest = z.infer<typeof EmbeddingRequest>;

/** `POST /v1/embeddings`. Vectors are computed and not replayed, so that any text and a model of any name will do. */
export const readEmbeddingRequest = reading(openai, EmbeddingRequest, (request) => {
  const texts = typeof request.input === "string" ? [request.input] : request.input;
  const dimensions = request.dimensions ?? usualDimensions;
  return {
    dialect: openai,
    model: request.model,
    texts,
    prompt: shortHash(JSON.stringify([request.model, dimensions, texts])),
    n: 1,
    maxOutputTokens: undefined,
    computed: true,
    body: embeddingList(request.model, texts, dimensions, request.encoding_format ?? "float"),
  };
});
