import { z } from "zod";
import { shortHash } from "../../calls.ts";
import { Content, textOf } from "../../simulation/content.ts";
import { reading } from "../../simulation/model-call.ts";
import { openai } from "../dialect.ts";
import { chatCompletion } from "./completion.ts";

const Message = z.object({ role: z.string(), content: Content.nullish() });

/** The part of a chat completion request that decides the answer; everything else is taken and left unread. */
export const ChatRequest = z
  .object({
    model: z.string(),
    messages: z.array(Message).min(1),
    n: z.int().min(1).max(128).nullish(),
    stream: z.literal(false, "the simulator does not stream").nullish(),
    logprobs: z.boolean().nullish(),
    top_logprobs: z.int().min(0).max(20).nullish(),
    max_tokens: z.int().min(1).nullish(),
    max_completion_tokens: z.int().min(1).nullish(),
  })
  .refine((request) => request.logprobs || !request.top_logprobs, {
    path: ["top_logprobs"],
    message: "needs logprobs to be true",
  });
export type ChatRequest = z.infer<typeof ChatRequest>;

/** `POST /v1/chat/completions` */
export const readChatRequest = reading(openai, ChatRequest, (request) => ({
  dialect: openai,
  model: request.model,
  texts: request.messages.map(({ content }) => textOf(content)),
  prompt: shortHash(JSON.stringify([request.model, request.messages])),
  n: request.n ?? 1,
  maxOutputTokens: request.max_completion_tokens ?? request.max_tokens ?? undefined,
  body: chatCompletion(request),
}));
