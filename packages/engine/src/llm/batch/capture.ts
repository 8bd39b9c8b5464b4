import { err, type ModelConfiguration, ok, type Result } from "@countersign/core";
import { chatModel } from "../ai-sdk-model.ts";
import type { CallFailure } from "../call-failure.ts";
import type { ChatRequest, ReceivedReply } from "../chat-model.ts";
import type { Environment } from "../connection.ts";
import type { ResponseHeaders } from "../retry-after.ts";

/** A call as it would have been sent. */
export interface CapturedCall {
  readonly url: string;
  /** The key is in them: they go back to the provider and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body's JSON. */
  readonly body: string;
}

/** An HTTP reply that came otherwise than as the answer to its call. */
export interface RecordedReply {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly body: string;
}

/** No call is made, so none is given up. */
const never = new AbortController().signal;

/** What a call would send, so that a line of a batch is just what a call by itself would be. Nothing is sent. */
export async function captureCall(
  configuration: ModelConfiguration,
  environment: Environment,
  request: Omit<ChatRequest, "timeoutMs">,
): Promise<Result<CapturedCall, CallFailure>> {
  const captured: CapturedCall[] = [];
  const keep: typeof fetch = async (input, init) => {
    captured.push({
      url: input instanceof Request ? input.url : String(input),
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: String(init?.body),
    });
    throw new Error("The call was captured.");
  };
  const model = chatModel(configuration, environment, keep);
  const result = await model.call({ ...request, timeoutMs }, never);
  const [call] = captured;
  if (call) return ok(call);
  return result.ok ? err({ kind: "aborted" }) : result;
}

/** Reads a reply out of a batch as the same reply to a call would be read: tokens, probabilities, failures and all. */
export function readRecorded(
  configuration: ModelConfiguration,
  environment: Environment,
  request: Omit<ChatRequest, "timeoutMs">,
  { status, headers, body }: RecordedReply,
): Promise<Result<ReceivedReply, CallFailure>> {
  const given = Object.entries(headers).filter(
    (header): header is [string, string] => header[1] !== undefined && !ofTransfer.has(header[0]),
  );
  const replay: typeof fetch = async () =>
    new Response(body, {
      status,
      headers: { ...Object.fromEntries(given), "content-type": "application/json" },
    });
  const model = chatModel(configuration, environment, replay);
  return model.call({ ...request, timeoutMs }, never);
}

const timeoutMs = 60_000;

/** Of the file that the reply came in, not of the reply. */
const ofTransfer: ReadonlySet<string> = new Set([
  "content-length",
  "content-encoding",
  "transfer-encoding",
]);
