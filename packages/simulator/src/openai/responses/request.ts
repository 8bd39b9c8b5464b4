import { z } from "zod";
import { shortHash } from "../../calls.ts";
import { Content, textOf } from "../../simulation/content.ts";
import { reading } from "../../simulation/model-call.ts";
import { openai } from "../dialect.ts";
import { responseBody } from "./response.ts";

/** A message; an item without content, such as a reference, tells the model nothing the simulator could look in. */
const Item = z.object({ role: z.string().optional(), content: Content.nullish() });

const TextFormat = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text") }),
  z.object({ type: z.literal("json_object") }),
  z.looseObject({
    type: z.literal("json_schema"),
    name: z.string(),
    schema: z.record(z.string(), z.unknown()),
  }),
]);

/** OpenAI takes no smaller bound. */
const leastMaxOutputTokens = 16;

/** The part of a responses request that decides the answer, or comes back in it; the rest is taken and left unread. */
export const ResponseRequest = z.object({
  model: z.string(),
  input: z.union([z.string(), z.array(Item).min(1)]),
  instructions: z.string().nullish(),
  stream: z.literal(false, "the simulator does not stream").nullish(),
  include: z.array(z.string()).nullish(),
  top_logprobs: z.int().min(0).max(20).nullish(),
  max_output_tokens: z
    .int()
    .min(leastMaxOutputTokens, `integer below minimum value: at least ${leastMaxOutputTokens}`)
    .nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  text: z.object({ format: TextFormat.optional() }).nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
});
export type ResponseRequest = z.infer<typeof ResponseRequest>;

/** `POST /v1/responses` */
export const readResponseRequest = reading(openai, ResponseRequest, (request) => ({
  dialect: openai,
  model: request.model,
  texts: [
    ...(request.instructions ? [request.instructions] : []),
    ...(typeof request.input === "string"
      ? [request.input]
      : request.input.map(({ content }) => textOf(content))),
  ],
  prompt: shortHash(JSON.stringify([request.model, request.instructions ?? null, request.input])),
  n: 1,
  maxOutputTokens: request.max_output_tokens ?? undefined,
  body: responseBody(request),
}));
