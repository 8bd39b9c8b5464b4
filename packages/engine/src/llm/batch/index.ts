import { err, type ModelConfiguration, ok, type Result } from "@countersign/core";
import type { CallFailure } from "../call-failure.ts";
import type { ChatRequest } from "../chat-model.ts";
import { connectionOf, type Environment } from "../connection.ts";
import { anthropicBatches } from "./anthropic.ts";
import type { BatchInterface } from "./batch-interface.ts";
import { captureCall } from "./capture.ts";
import { Exchange } from "./exchange.ts";
import { openaiBatches } from "./openai.ts";

export type {
  BatchEnding,
  BatchInterface,
  BatchLine,
  BatchStanding,
  LineResult,
} from "./batch-interface.ts";
export { type CapturedCall, captureCall, readRecorded } from "./capture.ts";

/** What a batch's answers cost, of what they would cost singly. */
export const batchPrice = 0.5;

/**
 * The interface for batches of what a model's calls are like. It goes by a call as the AI SDK would send it: its address,
 * and its headers, key and all.
 *
 * @param alike any of the requests
 */
export async function batchesOf(
  configuration: ModelConfiguration,
  environment: Environment,
  alike: Omit<ChatRequest, "timeoutMs">,
): Promise<Result<BatchInterface, CallFailure>> {
  const call = await captureCall(configuration, environment, alike);
  if (!call.ok) return call;
  const { url, headers } = call.value;
  const { address, keyVariable } = connectionOf(configuration, environment);
  const { search } = new URL(url);
  const exchange = new Exchange(
    address,
    search,
    headers,
    keyVariable === undefined ? undefined : environment[keyVariable],
  );
  const path = url.slice(0, url.length - search.length);
  switch (configuration.provider) {
    case "anthropic":
      return ok(anthropicBatches(exchange));
    case "openai":
    case "openai-compatible":
      return ok(openaiBatches(exchange, `/v1${path.slice(address.length)}`));
    case "azure": {
      // A dated API version is called by the deployment's own address, and has no version in its paths.
      const { apiVersion } = configuration;
      const called = path.slice(address.length).replace(/^\/deployments\/[^/]+/, "");
      return ok(openaiBatches(exchange, apiVersion === undefined ? `/v1${called}` : called));
    }
    default:
      return err({
        kind: "delegate",
        scope: "job",
        reason: "wrong-address",
        message: `There are no batches for ${configuration.provider}.`,
      });
  }
}
