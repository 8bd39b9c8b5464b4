import { z } from "zod";

const Text = z.object({ type: z.literal("text"), text: z.string() });
const OtherPart = z.object({ type: z.string() });

const Message = z.object({
  role: z.string(),
  content: z.union([z.string(), z.array(z.union([Text, OtherPart])), z.null()]).optional(),
});

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

/** The messages' texts, in order; parts that are no text count for nothing. */
export const messageTexts = (request: ChatRequest): string[] =>
  request.messages.map(({ content }) => {
    if (typeof content === "string") return content;
    return (content ?? []).map((part) => ("text" in part ? part.text : "")).join("\n");
  });
