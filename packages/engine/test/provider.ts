import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the provider was asked in one call. */
export interface Asked {
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: string }[];
    readonly [parameter: string]: unknown;
  };
  readonly authorization: string | undefined;
  /** The user's message. */
  readonly text: string;
  /** How often this message was asked before. */
  readonly before: number;
}

/** A call as the provider is to answer it. */
export interface Call extends Asked {
  readonly response: ServerResponse;
  /** Sends a status and a JSON body. */
  send(status: number, body: unknown, headers?: Record<string, string>): void;
}

/** A tiny OpenAI-compatible service, to provoke exactly the faults that a test names. */
export interface Provider extends AsyncDisposable {
  /** Its base address. */
  readonly address: string;
  readonly calls: readonly Asked[];
  /** Most calls that were under way at once. */
  readonly crowd: () => number;
}

/** Starts a provider that answers each call as `answer` does; what that leaves open stays unanswered. */
export async function startProvider(answer: (call: Call) => void): Promise<Provider> {
  const calls: Asked[] = [];
  const seen = new Map<string, number>();
  let underWay = 0;
  let crowd = 0;
  const server = createServer(async (request, response) => {
    underWay += 1;
    crowd = Math.max(crowd, underWay);
    response.on("close", () => {
      underWay -= 1;
    });
    const body = JSON.parse(await read(request)) as Asked["body"];
    const text = body.messages.at(-1)?.content ?? "";
    const before = seen.get(text) ?? 0;
    seen.set(text, before + 1);
    const asked = { body, authorization: request.headers.authorization, text, before };
    calls.push(asked);
    const send: Call["send"] = (status, document, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(typeof document === "string" ? document : JSON.stringify(document));
    };
    answer({ ...asked, response, send });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/v1`,
    calls,
    crowd: () => crowd,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A chat completion that says so much. */
export const completion = (content: string | null, rest: Record<string, unknown> = {}) => ({
  id: "c",
  object: "chat.completion",
  created: 1,
  model: "test-model-2025-01-01",
  choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop", ...rest }],
  usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
});

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}
