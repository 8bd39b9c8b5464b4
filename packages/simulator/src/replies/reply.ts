import { z } from "zod";

const Alternative = z.strictObject({ token: z.string(), logprob: z.number().max(0) });

/** A token of the reply with its natural-log probability and the likeliest tokens in its place, itself among them. */
export const TokenLogprob = Alternative.extend({
  top: z.array(Alternative).max(20).default([]),
});
export type TokenLogprob = z.infer<typeof TokenLogprob>;

/** Every simulated model is named so that nobody can take it for a real one. */
export const simulatedModelPrefix = "simulated-";

/**
 * One line of a replies file: what one model answered about one text.
 *
 * Several lines with the same text and model are several answers: a prompt asked again gets the next one, round and
 * round, in the file's order.
 */
export const Reply = z.strictObject({
  match: z
    .string()
    .refine((text) => text.trim() !== "", "is empty")
    .meta({ description: "The record's text; white space at its ends does not count" }),
  reply: z.string().meta({ description: "The answer, word for word" }),
  model: z
    .string()
    .startsWith(simulatedModelPrefix)
    .max(200)
    .default(`${simulatedModelPrefix}small`)
    .meta({ description: "The model that answers so" }),
  logprobs: z
    .array(TokenLogprob)
    .optional()
    .meta({ description: "The answer's tokens; without them a request for logprobs gets null" }),
  usage: z
    .strictObject({ inputTokens: z.int().min(0), outputTokens: z.int().min(0) })
    .optional()
    .meta({ description: "As the provider counted; approximated if left out" }),
  finishReason: z.enum(["stop", "length", "content_filter"]).default("stop"),
});
export type Reply = z.input<typeof Reply>;

/** What a line answers, once its text and model have led to it. */
export type Answer = Omit<z.output<typeof Reply>, "match" | "model">;
