import { z } from "zod";
import { shortHash } from "../../calls.ts";
import { Content, textOf } from "../../simulation/content.ts";
import { reading } from "../../simulation/model-call.ts";
import { anthropic } from "../dialect.ts";
import { messageBody } from "./message.ts";

/** The part of a messages request that decides the answer; everything else is taken and left unread. */
export const MessagesRequest = z.object({
  model: z.string(),
  max_tokens: z.int().min(1),
  system: Content.nullish(),
  messages: z
    .array(z.object({ role: z.enum(["user", "assistant"]), content: Content }))
    .min(1, "at least one message is required"),
  stream: z.literal(false, "the simulator does not stream").nullish(),
});
export type MessagesRequest = z.infer<typeof MessagesRequest>;

/** `POST /v1/messages` */
export const readMessagesRequest = reading(anthropic, MessagesRequest, (request) => ({
  dialect: anthropic,
  model: request.model,
  texts: [
    ...(request.system ? [textOf(request.system)] : []),
    ...request.messages.map(({ content }) => textOf(content)),
  ],
  prompt: shortHash(JSON.stringify([request.model, request.system ?? null, request.messages])),
  n: 1,
  maxOutputTokens: request.max_tokens,
  body: messageBody(request),
}));
