import { z } from "zod";
import type { Answer } from "../replies/reply.ts";
import type { Dialect, WireReply } from "./dialect.ts";

/** How a call came: as a request of its own, or as a line of a batch. */
export type Via = "request" | "batch";

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** What a call is answered with, before an endpoint puts it into its own form. */
export interface Given {
  /** Letters and digits that no other answer has. */
  readonly id: string;
  readonly answers: readonly Answer[];
  readonly usage: Usage;
  readonly via: Via;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A call as the simulation sees it, whichever endpoint it came through. */
export interface ModelCall {
  readonly dialect: Dialect;
  readonly model: string;
  /** All that the model is told, in order. */
  readonly texts: readonly string[];
  /** Names the prompt: the same for every attempt at it, and for no other. */
  readonly prompt: string;
  /** How many answers are wanted. */
  readonly n: number;
  /** Tokens that an answer may have; without it there is no bound. */
  readonly maxOutputTokens: number | undefined;
  /** The answer is made of the texts themselves: nothing need be recorded, for a model of any name. */
  readonly computed?: true;
  /** The body of a 200. */
  readonly body: (given: Given) => string;
}

/** Reads a request of one endpoint, or says in its provider's words why it is none. */
export type ReadCall = (
  json: unknown,
) => { readonly call: ModelCall } | { readonly error: WireReply };

/** How an endpoint reads its requests: by a schema, and by what the request then asks. */
export const reading =
  <Request>(
    dialect: Dialect,
    schema: z.ZodType<Request>,
    callOf: (request: Request) => ModelCall,
  ): ReadCall =>
  (json) => {
    const request = schema.safeParse(json);
    if (request.success) return { call: callOf(request.data) };
    const [issue] = request.error.issues;
    return { error: dialect.invalidRequest(z.prettifyError(request.error), issue?.path.join(".")) };
  };
