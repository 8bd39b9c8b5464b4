import { calcPrice, findProvider } from "@pydantic/genai-prices";
import type { ModelReply, Usage } from "./chat-model.ts";
import type { Connection } from "./connection.ts";

/** What is publicly known of the model at one connection. */
export interface Pricing {
  /** What a reply cost in US dollars; null where the price is not known. A simulated one cost nothing, whatever it plays. */
  costOf(reply: Pick<ModelReply, "usage" | "simulated">): number | null;
  /** Most tokens that prompt and reply may have together; undefined where it is not known. */
  readonly contextWindow: number | undefined;
}

/** Looks a connection up in the price list, by its address: a model of the same name elsewhere may cost anything. */
export function pricingOf({ address, model }: Connection): Pricing {
  const provider = findProvider({ providerApiUrl: address });
  const nothing = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
  const known = provider && calcPrice(tokensOf(nothing), model, { provider });
  if (!known)
    return { costOf: ({ simulated }) => (simulated ? 0 : null), contextWindow: undefined };
  // Among all its models, this one would be sought anew for every reply.
  const only = { ...provider, models: [known.model] };
  const price = (usage: Usage) => calcPrice(tokensOf(usage), model, { provider: only });
  return {
    costOf: ({ usage, simulated }) => (simulated ? 0 : (price(usage)?.total_price ?? null)),
    contextWindow: known.model.context_window,
  };
}

function tokensOf({ inputTokens, cachedInputTokens, outputTokens }: Usage) {
  const input = inputTokens ?? 0;
  return {
    input_tokens: input,
    cache_read_tokens: Math.min(input, cachedInputTokens ?? 0),
    output_tokens: outputTokens ?? 0,
  };
}
