import { AnthropicBatches } from "./anthropic/batches/batches.ts";
import { readMessagesRequest } from "./anthropic/messages/request.ts";
import type { RunLine } from "./batches/batch.ts";
import type { CallLog } from "./calls.ts";
import { OpenAiBatches } from "./openai/batches/batches.ts";
import { Files } from "./openai/batches/files.ts";
import { readChatRequest } from "./openai/chat/request.ts";
import { readCompletionRequest } from "./openai/completions/request.ts";
import { readResponseRequest } from "./openai/responses/request.ts";
import type { Behaviour } from "./options.ts";
import { factsOf, statusOf, turnedAway } from "./simulation/decision.ts";
import type { ReadCall } from "./simulation/model-call.ts";
import type { Simulation } from "./simulation/simulation.ts";

/** All that stands behind the endpoints. */
export interface Provider {
  readonly simulation: Simulation;
  readonly log: CallLog;
  readonly apiKey: string | undefined;
  readonly openai: { readonly files: Files; readonly batches: OpenAiBatches };
  readonly anthropic: { readonly batches: AnthropicBatches };
  /** Brings the batches up to the time, so that they go on whether or not anyone asks after them. */
  readonly advance: (now: number) => void;
}

/** Sets up batches whose lines are decided by the simulation and logged. */
export function provider(simulation: Simulation, log: CallLog, behaviour: Behaviour): Provider {
  const lines =
    (read: ReadCall): RunLine =>
    (body, at, batchCreatedAt) => {
      const request = read(body);
      const decision =
        "error" in request ? turnedAway(request.error) : simulation.callInBatch(request.call, at);
      log.batched({
        at: new Date(at).toISOString(),
        ...factsOf(decision),
        status: statusOf(decision),
        ms: Math.round(at - batchCreatedAt),
      });
      return decision;
    };

  const files = new Files();
  const openai = new OpenAiBatches(
    files,
    simulation.models,
    behaviour.batch,
    new Map([
      ["/v1/chat/completions", lines(readChatRequest)],
      ["/v1/responses", lines(readResponseRequest)],
      ["/v1/completions", lines(readCompletionRequest)],
    ]),
  );
  const anthropic = new AnthropicBatches(behaviour.batch, lines(readMessagesRequest));
  return {
    simulation,
    log,
    apiKey: behaviour.apiKey,
    openai: { files, batches: openai },
    anthropic: { batches: anthropic },
    advance: (now) => {
      openai.advance(now);
      anthropic.advance(now);
    },
  };
}
