import { z } from "zod";
import { shortHash } from "../../calls.ts";
import { reading } from "../../simulation/model-call.ts";
import { openai } from "../dialect.ts";
import { textCompletion } from "./completion.ts";

/** The part of an old completion request that decides the answer; everything else is taken and left unread. */
export const CompletionRequest = z.object({
  model: z.string(),
  prompt: z.string("the simulator takes one prompt, as a text"),
  n: z.int().min(1).max(128).nullish(),
  stream: z.literal(false, "the simulator does not stream").nullish(),
  echo: z.literal(false, "the simulator does not repeat the prompt").nullish(),
  logprobs: z.int().min(0).max(5).nullish(),
  max_tokens: z.int().min(1).nullish(),
});
export type CompletionRequest = z.infer<typeof CompletionRequest>;

/** What this interface cuts an answer to where a request says nothing, unlike all its successors. */
const defaultMaxTokens = 16;

/** `POST /v1/completions` */
export const readCompletionRequest = reading(openai, CompletionRequest, (request) => ({
  dialect: openai,
  model: request.model,
  texts: [request.prompt],
  prompt: shortHash(JSON.stringify([request.model, request.prompt])),
  n: request.n ?? 1,
  maxOutputTokens: request.max_tokens ?? defaultMaxTokens,
  body: textCompletion(request),
}));
