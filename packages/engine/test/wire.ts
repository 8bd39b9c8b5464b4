import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { EmbeddingModel, ModelConfiguration, ModelParameters } from "@countersign/core";
import { chatModel } from "../src/llm/ai-sdk-model.ts";
import type { ChatRequest } from "../src/llm/chat-model.ts";
import { embedder } from "../src/llm/embedding-model.ts";

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

/** Does something with a server, over real HTTP, that gives one reply whatever it is asked; and what it was asked. */
async function askedOf<T>(reply: WireReply, ask: (address: string) => Promise<T>) {
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
    return { result: await ask(`http://127.0.0.1:${port}`), requests };
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/**
 * Asks a model once of a server that gives one reply; `variables` makes the environment from the server's address.
 * Returns what was asked and what became of it.
 */
export function overTheWire(
  configuration: ModelConfiguration | ((address: string) => ModelConfiguration),
  variables: (address: string) => Readonly<Record<string, string>>,
  reply: WireReply,
  asked: Partial<ModelParameters> & Pick<ChatRequest, "structure"> = {},
) {
  const { structure, ...parameters } = asked;
  return askedOf(reply, (address) =>
    chatModel(
      typeof configuration === "function" ? configuration(address) : configuration,
      variables(address),
    ).call(
      {
        prompt: { system: "Label it.", user: "hello" },
        parameters: { topLogprobs: 0, ...parameters },
        timeoutMs: 5000,
        ...(structure && { structure }),
      },
      new AbortController().signal,
    ),
  );
}

/** Asks for the vectors of two texts, "hello" and "bye", as `overTheWire` asks for a completion. */
export function vectorsOverTheWire(
  configuration: EmbeddingModel,
  variables: (address: string) => Readonly<Record<string, string>>,
  reply: WireReply,
  dimensions: number | null = null,
) {
  return askedOf(reply, (address) =>
    embedder(configuration, dimensions, variables(address)).embed(
      ["hello", "bye"],
      5000,
      new AbortController().signal,
    ),
  );
}
