import { type IncomingHttpHeaders, request } from "node:http";
import type { Engine } from "@countersign/engine";
import { Countersign } from "@countersign/sdk";
import { freshEngine } from "../../../test/fresh-database.ts";
import { serve } from "../src/index.ts";

/** A server on a free port over a database of its own, as `countersign serve` starts it. */
export interface TestServer extends AsyncDisposable {
  readonly engine: Engine;
  readonly url: string;
  readonly port: number;
  /** The SDK as the local user. */
  readonly client: Countersign;
}

export async function startServer(
  options: { readonly host?: string; readonly webRoot?: string } = {},
): Promise<TestServer> {
  const engine = await freshEngine();
  const server = await serve({ engine, host: "127.0.0.1", port: 0, version: "1.2.3", ...options });
  if (!server.ok) throw new Error(server.error.what);
  const { url, close } = server.value;
  return {
    engine,
    url,
    port: Number(new URL(url).port),
    client: new Countersign({ url }),
    async [Symbol.asyncDispose]() {
      await close();
      await engine.close();
    },
  };
}

export interface RawResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** One request with exactly these headers and this path, which fetch would correct. */
export function raw(
  port: number,
  path: string,
  {
    headers = {},
    method = "GET",
    body,
  }: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly method?: string;
    readonly body?: string;
  } = {},
): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
