import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { ModelConfiguration, ModelParameters } from "@countersign/core";
import { chatModel } from "../src/llm/ai-sdk-model.ts";
import type { ChatRequest } from "../src/llm/chat-model.ts";

/** A request as it came over the wire. */
export interface WireRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

/** What a provider's wire says to everything. */
export interface WireReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export const key = "sk-0123456789-secret";

/**
 * Asks a model once, over real HTTP, of a server that gives one reply whatever it is asked; `variables` makes the
 * environment from the server's address. Returns what was asked and what became of it.
 */
export async function overTheWire(
  configuration: ModelConfiguration | ((address: string) => ModelConfiguration),
  variables: (address: string) => Readonly<Record<string, string>>,
  reply: WireReply,
  asked: Partial<ModelParameters> & Pick<ChatRequest, "structure"> = {},
) {
  const requests: WireRequest[] = [];
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
    const { url = "", headers } = request;
    requests.push({ path: url, headers, body: JSON.parse(text) });
    response.writeHead(reply.status ?? 200, {
      "content-type": "application/json",
      ...reply.headers,
    });
    response.end(JSON.stringify(reply.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const { structure, ...parameters } = asked;
    const address = `http://127.0.0.1:${port}`;
    const model = chatModel(
      typeof configuration === "function" ? configuration(address) : configuration,
      variables(address),
    );
    const result = await model.call(
      {
        prompt: { system: "Label it.", user: "hello" },
        parameters: { topLogprobs: 0, ...parameters },
        timeoutMs: 5000,
        ...(structure && { structure }),
      },
      new AbortController().signal,
    );
    return { result, requests };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
