import { calcPrice } from "@pydantic/genai-prices";
import type { ModelReply, Usage } from "./chat-model.ts";
import type { Connection } from "./connection.ts";

/**
 * What a reply cost in US dollars, by the public price list; null where the model at that address has no known price.
 * A simulated reply cost nothing, whatever model it plays.
 */
export function costOf(
  reply: Pick<ModelReply, "usage" | "simulated">,
  connection: Connection,
): number | null {
  if (reply.simulated) return 0;
  return look(connection, reply.usage)?.total_price ?? null;
}

/** Most tokens that prompt and reply may have together; undefined where it is not known. */
export const contextWindow = (connection: Connection): number | undefined =>
  look(connection, { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 })?.model.context_window;

function look({ address, model }: Connection, usage: Usage) {
  const input = usage.inputTokens ?? 0;
  return calcPrice(
    {
      input_tokens: input,
      cache_read_tokens: Math.min(input, usage.cachedInputTokens ?? 0),
      output_tokens: usage.outputTokens ?? 0,
    },
    model,
    { providerApiUrl: address },
  );
}
