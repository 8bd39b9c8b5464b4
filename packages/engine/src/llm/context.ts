import { capabilitiesOf, type ModelConfiguration } from "@countersign/core";
import type { Pricing } from "./prices.ts";

/** Most tokens that a model takes. `given`: by the user, who knows how it is served. */
export interface ContextWindow {
  readonly tokens: number;
  readonly given: boolean;
}

/** A model's window: as its user gave it, else as the price list has it for this address, else as the built-in table does. */
export function contextOf(
  model: ModelConfiguration,
  pricing: Pick<Pricing, "contextWindow">,
): ContextWindow | undefined {
  const given = model.capabilities?.contextTokens;
  if (given !== undefined) return { tokens: given, given: true };
  const known = pricing.contextWindow ?? capabilitiesOf(model).contextTokens;
  return known === undefined ? undefined : { tokens: known, given: false };
}
