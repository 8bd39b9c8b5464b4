import { randomUUID } from "node:crypto";
import { api, apiRoot } from "@countersign/contract";
import type { Engine } from "@countersign/engine";
import { Hono } from "hono";
import { secureHeaders } from "hono/secure-headers";
import { createApi } from "./api/api.ts";
import type { Connection } from "./auth/connection.ts";
import { openGate } from "./auth/gate.ts";
import { type Guarded, guard } from "./auth/guard.ts";
import { problemResponse } from "./problem-response.ts";
import { webApp } from "./web-app.ts";

export interface AppOptions {
  readonly engine: Engine;
  /** This program's version, told by `/api/v1/health`. */
  readonly version: string;
  /** Directory of the built web app; without it only the API is served. */
  readonly webRoot?: string | undefined;
}

export interface App {
  /** Answers one request. Never rejects: what goes wrong unexpectedly is a problem document, and in the log. */
  fetch(request: Request, connection: Connection): Promise<Response>;
  /** Ends everything that is being watched, so that no response is left open. */
  close(): void;
}

/**
 * The whole of what a server answers, apart from sockets. Without a token, off loopback, it answers `/api/v1/health` and
 * the web app's own files, which hold no data and ask for the token; everything else under `/api` is behind the gate.
 */
export function createApp({ engine, version, webRoot }: AppOptions): App {
  const stopping = new AbortController();
  const app = new Hono<Guarded>();

  app.use(securityHeaders);
  app.get(apiRoot + api.server.health.path, (c) => c.json({ status: "up", version }));
  app.use("/api/*", guard(openGate(engine)), async (c, next) => {
    await next();
    c.header("cache-control", "no-store");
  });
  app.route(apiRoot, createApi({ engine, version, stopping: stopping.signal }));
  app.all("/api/*", (c) => c.notFound());
  if (webRoot !== undefined) app.route("/", webApp(webRoot));

  app.notFound((c) =>
    problemResponse({
      type: "route-not-found",
      what: `There is nothing at ${c.req.method} ${c.req.path}.`,
      next: `What there is: ${apiRoot}/docs`,
    }),
  );

  app.onError((error, c) => {
    const { method, path, raw } = c.req;
    if (raw.signal.aborted) {
      engine.log.info({ method, path }, "a client left before its response");
      return problemResponse({ type: "request-invalid", what: "The request was broken off." });
    }
    const instance = `urn:uuid:${randomUUID()}`;
    engine.log.error({ error, method, path, instance }, "a request failed unexpectedly");
    return problemResponse(
      {
        type: "internal",
        what: "The server failed unexpectedly.",
        next: `The server's log tells more about ${instance}.`,
      },
      { instance },
    );
  });

  return {
    fetch: async (request, connection) => app.fetch(request, { connection }),
    close: () => stopping.abort(),
  };
}

/**
 * Our pages load nothing from elsewhere, run no script but their own files and stand in nobody's frame. Styles may be
 * inline: the component library writes its variables into style elements, and a style cannot act.
 */
const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", "data:"],
    fontSrc: ["'self'", "data:"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: "DENY",
  referrerPolicy: "no-referrer",
  // Whether https is used is the affair of a proxy before us.
  strictTransportSecurity: false,
});
