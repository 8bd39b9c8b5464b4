import type { ServerResponse } from "node:http";
import type { CallLog } from "../calls.ts";
import { type Decision, factsOf, statusOf, turnedAway } from "../simulation/decision.ts";
import type { Dialect } from "../simulation/dialect.ts";
import type { ReadCall } from "../simulation/model-call.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { begin, bodyOf, parsed, send } from "./body.ts";
import { now } from "./clock.ts";
import type { Endpoint } from "./route.ts";

/**
 * An endpoint at which a model answers: every call, one without the right key too, is decided at once, delivered when it
 * is due, and logged when it ends.
 */
export const modelEndpoint =
  (
    dialect: Dialect,
    read: ReadCall,
    {
      simulation,
      log,
      apiKey,
    }: {
      readonly simulation: Simulation;
      readonly log: CallLog;
      readonly apiKey: string | undefined;
    },
  ): Endpoint =>
  async (incoming, outgoing) => {
    const cameAt = now();
    const body = await bodyOf(incoming);
    const decision = decided();
    const { outcome, delivery, afterMs } = decision;

    log.began();
    const timer = afterMs > 0 ? setTimeout(deliver, afterMs) : undefined;
    let begun = false;
    outgoing.once("close", () => {
      clearTimeout(timer);
      log.ended({
        at: new Date(cameAt).toISOString(),
        ...factsOf(decision),
        outcome: begun || delivery.kind === "silence" ? outcome : "abandoned",
        status: begun ? statusOf(decision) : null,
        ms: Math.round(now() - cameAt),
      });
    });
    if (timer === undefined) deliver();

    function decided(): Decision {
      const refusal = dialect.refusal(incoming.headers, apiKey);
      if (refusal) return turnedAway(refusal);
      const content = parsed(body, dialect);
      const request = "error" in content ? content : read(content.json);
      return "error" in request ? turnedAway(request.error) : simulation.call(request.call, now());
    }

    function deliver(): void {
      begun = true;
      hand(outgoing, decision);
    }
  };

function hand(outgoing: ServerResponse, { delivery, headers }: Decision): void {
  switch (delivery.kind) {
    case "whole":
      send(outgoing, delivery, headers);
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
