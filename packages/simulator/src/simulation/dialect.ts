import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./fault-rule.ts";
import type { Allowance, Rejection } from "./rate-limiter.ts";

/** A status and a body, ready to be sent. */
export interface WireReply {
  readonly status: number;
  readonly body: string;
  /** Media type; JSON if left out. */
  readonly type?: string;
}

/** Faults that are errors of the provider's own, as distinct from those of the connection or of the answer. */
export type ErrorFault = Extract<
  Fault,
  "429" | "500" | "503" | "quota" | "context-length" | "content-filter"
>;

/** How one provider words what its endpoints have in common: errors, keys and rate limits. */
export interface Dialect {
  /** Why a request with these headers is not let in; undefined where it is. */
  readonly refusal: (
    headers: IncomingHttpHeaders,
    apiKey: string | undefined,
  ) => WireReply | undefined;
  readonly invalidRequest: (message: string, param?: string) => WireReply;
  readonly notFound: (message: string) => WireReply;
  readonly modelNotFound: (model: string, models: readonly string[]) => WireReply;
  readonly noReplyRecorded: WireReply;
  readonly rateLimited: (model: string, rejection: Rejection) => WireReply;
  readonly injected: Readonly<Record<ErrorFault, WireReply>>;
  /** @param now milliseconds since 1970 */
  readonly limitHeaders: (
    allowances: readonly Allowance[],
    rejection: Rejection | undefined,
    now: number,
  ) => Record<string, string>;
}

/** Said in every dialect where a prompt holds no recorded text. */
export const nothingRecorded =
  "The simulator has no answer to this prompt: none of the texts recorded for this model stands in it. It only replays, and never makes an answer up.";
