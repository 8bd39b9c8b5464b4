import { createServer, type Server } from "node:http";
import { unknownUrl as unknownToAnthropic } from "../anthropic/dialect.ts";
import { unknownUrl as unknownToOpenAi } from "../openai/dialect.ts";
import type { Provider } from "../provider.ts";
import { anthropicRoutes } from "./anthropic.ts";
import { send } from "./body.ts";
import { openaiRoutes } from "./openai.ts";

/** The simulator's HTTP server, not yet listening. */
export function httpServer(provider: Provider): Server {
  const routes = [...openaiRoutes(provider), ...anthropicRoutes(provider)];

  const server = createServer((incoming, outgoing) => {
    const method = incoming.method ?? "GET";
    const path = incoming.url?.split("?", 1)[0] ?? "/";
    for (const route of routes) {
      const found = route.method === method ? route.path.exec(path) : null;
      if (found) return route.endpoint(incoming, outgoing, found[1] ?? "");
    }
    const unknownUrl = path.startsWith("/v1/messages") ? unknownToAnthropic : unknownToOpenAi;
    send(outgoing, unknownUrl(method, path));
  });
  // Callers keep connections for minutes; closing one while a request is on its way would be a fault nobody ordered.
  server.keepAliveTimeout = 600_000;
  return server;
}
