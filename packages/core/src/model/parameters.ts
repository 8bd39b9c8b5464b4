import type { ModelParameters } from "../agent/agent.ts";
import type { Problem } from "../problem.ts";
import { err, ok, type Result } from "../result.ts";
import type { ModelCapabilities } from "./capabilities.ts";
import type { ModelConfiguration } from "./configuration.ts";
import { capabilitiesOf, unknownOf } from "./known.ts";

/** The parameters without those the model is known not to take. */
export function acceptedParameters(
  parameters: ModelParameters,
  { temperature: highest, seed: seeds, logprobs }: ModelCapabilities,
): ModelParameters {
  const { temperature, topP, seed, ...rest } = parameters;
  return {
    ...rest,
    ...(highest !== false && temperature !== undefined && { temperature }),
    ...(highest !== false && topP !== undefined && { topP }),
    ...(seeds !== false && seed !== undefined && { seed }),
    topLogprobs: logprobs === false ? 0 : rest.topLogprobs,
  };
}

/**
 * What a user should know before a model is asked with these parameters, a sentence each: what is not sent because the
 * model does not take it, and what is not known of the model. Parameters out of a known range are refused.
 *
 * @param usesProbabilities whether confidence is to come from token probabilities
 */
export function checkParameters(
  configuration: ModelConfiguration,
  parameters: ModelParameters,
  usesProbabilities = true,
): Result<string[], Problem<"agent-invalid">> {
  const { model } = configuration;
  const capabilities = capabilitiesOf(configuration);
  for (const [name, asked, most] of [
    ["temperature", parameters.temperature, capabilities.temperature],
    ["output tokens", parameters.maxOutputTokens, capabilities.outputTokens],
    ["alternatives a token", parameters.topLogprobs, capabilities.logprobs],
  ] as const)
    if (asked !== undefined && typeof most === "number" && asked > most)
      return err({
        type: "agent-invalid",
        what: `${model} takes at most ${most} for ${name}, and ${asked} is asked for.`,
        next: `Ask for ${most} or less; if the model takes more, say so in the model's capabilities.`,
      });

  const accepted = acceptedParameters(parameters, capabilities);
  const notes = (["temperature", "topP", "seed"] as const)
    .filter((name) => parameters[name] !== undefined && accepted[name] === undefined)
    .map((name) => `${model} takes no ${inWords[name]}, so none is sent.`);
  if (usesProbabilities && parameters.topLogprobs > 0 && accepted.topLogprobs === 0)
    notes.push(`${model} gives no token probabilities: its labels will have no confidence.`);
  const unknown = unknownOf(capabilities);
  if (unknown.length > 0)
    notes.push(
      `Not known of ${model}: ${unknown.join(", ")}. What is asked for is sent as it is; the model's capabilities can be given with the agent.`,
    );
  return ok(notes);
}

const inWords = { temperature: "temperature", topP: "top p", seed: "seed" } as const;
