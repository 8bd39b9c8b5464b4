import { type api, type Route, routes } from "@countersign/contract";
import type { Engine } from "@countersign/engine";
import { type Context, Hono } from "hono";
import type { Guarded } from "../auth/guard.ts";
import { problemResponse } from "../problem-response.ts";
import { agents } from "./agents.ts";
import { assignments } from "./assignments.ts";
import { backups } from "./backups.ts";
import { confidences } from "./confidences.ts";
import { deletions } from "./deletions.ts";
import { docsPage } from "./docs.ts";
import { embeddings } from "./embeddings.ts";
import type { Handler, Handlers } from "./endpoint.ts";
import { evaluations } from "./evaluations.ts";
import { exports } from "./exports.ts";
import { imports } from "./imports.ts";
import { jobs } from "./jobs.ts";
import { labels } from "./labels.ts";
import { openApiDocument } from "./openapi.ts";
import { projects } from "./projects.ts";
import { readBody, readRequest } from "./read-request.ts";
import { records } from "./records.ts";
import { schemas } from "./schemas.ts";
import { server } from "./server.ts";
import { subsets } from "./subsets.ts";
import { tokens } from "./tokens.ts";
import { verifications } from "./verifications.ts";

type Nouns = Omit<typeof api, "server"> & { server: Omit<typeof api.server, "health"> };

/** Every route of the contract has its handler here, or this does not compile. */
const handlers: { readonly [Noun in keyof Nouns]: Handlers<Nouns[Noun]> } = {
  projects,
  schemas,
  records,
  imports,
  subsets,
  agents,
  jobs,
  labels,
  confidences,
  verifications,
  assignments,
  embeddings,
  evaluations,
  exports,
  deletions,
  backups,
  tokens,
  server,
};

export interface ApiOptions {
  readonly engine: Engine;
  readonly version: string;
  /** Aborted when the server stops; ends what is watched. */
  readonly stopping: AbortSignal;
}

/** The API's routes, its OpenAPI document at `/openapi.json` and the same for people at `/docs`. */
export function createApi({ engine, version, stopping }: ApiOptions): Hono<Guarded> {
  const app = new Hono<Guarded>();

  async function answer(route: Route, handler: Handler<Route>, c: Context<Guarded>) {
    const request = c.req.raw;
    const input = await readRequest(route, c.req.param(), request);
    if (!input.ok) return problemResponse(input.error);
    const result = await handler(
      {
        engine,
        version,
        actor: c.var.actor,
        file: readBody(request),
        // made when it is asked for: few do, and each adds to what the lasting signal keeps track of
        get signal() {
          return AbortSignal.any([request.signal, stopping]);
        },
      },
      input.value,
    );
    if (!result.ok) return problemResponse(result.error);
    return result.value instanceof Response ? result.value : Response.json(result.value);
  }

  for (const [route, handler] of endpoints())
    app.on(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ":$1"), (c) =>
      answer(route, handler, c),
    );

  const document = openApiDocument(version);
  app.get("/openapi.json", (c) => c.json(document));
  app.get("/docs", (c) => c.html(docsPage(document)));
  return app;
}

/** Routes with their handlers, a path's words before its slots: `records/export` is no record's id. */
function endpoints(): [Route, Handler<Route>][] {
  // Which handler takes which input was checked where they are declared; a route's own schemas ensure it from here on.
  const table: Readonly<Record<string, Readonly<Record<string, unknown>>>> = handlers;
  return routes
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((route): [Route, Handler<Route>][] => {
      const [noun = "", verb = ""] = route.id.split(".");
      const handler = table[noun]?.[verb] as Handler<Route> | undefined;
      return handler ? [[route, handler]] : [];
    });
}
