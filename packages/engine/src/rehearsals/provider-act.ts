import type { ResponseHeaders } from "../llm/retry-after.ts";

/**
 * What a provider does with one call, as its caller gets to see it, so many milliseconds later. `broken`: the connection
 * is lost. `unreadable`: a reply comes, and is cut off, or no JSON, or holds no answer. `silence`: nothing ever comes.
 */
export type ProviderAct =
  | {
      readonly kind: "reply";
      readonly afterMs: number;
      readonly inputTokens: number;
      readonly outputTokens: number;
      readonly headers: ResponseHeaders;
      /** The model declined in words. */
      readonly declined: boolean;
    }
  | {
      readonly kind: "error";
      readonly afterMs: number;
      readonly status: number;
      readonly headers: ResponseHeaders;
      readonly body: string;
    }
  | { readonly kind: "broken"; readonly afterMs: number }
  | { readonly kind: "unreadable"; readonly afterMs: number }
  | { readonly kind: "silence" };
