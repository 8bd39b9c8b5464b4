import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { CallLog } from "../calls.ts";
import { ChatRequest } from "../openai/chat-request.ts";
import { type ApiError, badRequest, invalidApiKey } from "../openai/error.ts";
import { type Decision, turnedAway } from "../simulation/decision.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { begin, bodyOf, send } from "./body.ts";
import { now } from "./clock.ts";

/**
 * `POST /v1/chat/completions`: every call, one without the right key too, is decided at once, delivered when it is due,
 * and logged when it ends.
 */
export const chatCompletions =
  (simulation: Simulation, log: CallLog, mayEnter: (incoming: IncomingMessage) => boolean) =>
  async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const cameAt = now();
    const body = await bodyOf(incoming);
    const request = mayEnter(incoming) ? readRequest(body) : { error: invalidApiKey };
    const decision =
      "error" in request ? turnedAway(request.error) : simulation.call(request.data, now());
    const { outcome, delivery, afterMs, headers, ...facts } = decision;

    log.began();
    const timer = afterMs > 0 ? setTimeout(deliver, afterMs) : undefined;
    let begun = false;
    outgoing.once("close", () => {
      clearTimeout(timer);
      log.ended({
        at: new Date(cameAt).toISOString(),
        ...facts,
        outcome: begun || delivery.kind === "silence" ? outcome : "abandoned",
        status: begun && "status" in delivery ? delivery.status : null,
        ms: Math.round(now() - cameAt),
      });
    });
    if (timer === undefined) deliver();

    function deliver(): void {
      begun = true;
      hand(outgoing, decision);
    }
  };

function hand(outgoing: ServerResponse, { delivery, headers }: Decision): void {
  switch (delivery.kind) {
    case "whole":
      send(outgoing, delivery.status, delivery.body, headers);
      return;
    case "cut": {
      const bytes = Buffer.from(delivery.body);
      begin(outgoing, delivery.status, bytes, headers);
      outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
      return;
    }
    case "reset":
      outgoing.socket?.resetAndDestroy();
      return;
    case "silence":
      return;
  }
}

type Read = { readonly data: ChatRequest } | { readonly error: ApiError };

function readRequest(body: string): Read {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { error: badRequest("The request's body is not JSON.") };
  }
  const request = ChatRequest.safeParse(json);
  if (request.success) return { data: request.data };
  const [issue] = request.error.issues;
  return { error: badRequest(z.prettifyError(request.error), issue?.path.join(".")) };
}
