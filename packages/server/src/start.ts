import type { Problem, Result } from "@countersign/core";
import { ok } from "@countersign/core";
import { type EngineOptions, type OpenProblem, openEngine, startWorker } from "@countersign/engine";
import { createApp } from "./app.ts";
import { type RunningServer, type ServeOptions, serve } from "./serve.ts";

/** Opens a database, works on its jobs and serves the API and the screens: the whole of Countersign in one process. */
export async function startServer(
  options: EngineOptions & Omit<ServeOptions, "engine">,
): Promise<Result<RunningServer, OpenProblem | Problem<"port-in-use" | "address-unusable">>> {
  const engine = await openEngine(options);
  if (!engine.ok) return engine;
  const server = await serve({ ...options, engine: engine.value });
  if (!server.ok) {
    await engine.value.close();
    return server;
  }
  const worker = startWorker(engine.value);
  return ok({
    url: server.value.url,
    async close() {
      await server.value.close();
      await worker.stop();
      await engine.value.close();
    },
  });
}

/** A server without a socket: requests are answered inside this process, in the name of its user. */
export interface LocalServer {
  fetch(request: Request): Promise<Response>;
  close(): Promise<void>;
}

/** Opens a database and works on its jobs for as long as the process that asked lives. */
export async function openLocal(
  options: EngineOptions & { readonly version: string },
): Promise<Result<LocalServer, OpenProblem>> {
  const engine = await openEngine(options);
  if (!engine.ok) return engine;
  const app = createApp({ engine: engine.value, version: options.version });
  const worker = startWorker(engine.value);
  return ok({
    fetch: (request) => app.fetch(request, { remote: "in-process" }),
    async close() {
      app.close();
      await worker.stop();
      await engine.value.close();
    },
  });
}

/** Works on a database's jobs and answers nothing. */
export async function startWorkerProcess(
  options: EngineOptions,
): Promise<Result<{ close(): Promise<void> }, OpenProblem>> {
  const engine = await openEngine(options);
  if (!engine.ok) return engine;
  const worker = startWorker(engine.value);
  return ok({
    async close() {
      await worker.stop();
      await engine.value.close();
    },
  });
}
