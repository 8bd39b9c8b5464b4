import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { CallLog } from "../calls.ts";
import {
  type ApiError,
  errorBody,
  invalidApiKey,
  modelNotFound,
  unknownUrl,
} from "../openai/error.ts";
import { modelBody, modelList } from "../openai/models.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { send } from "./body.ts";
import { chatCompletions } from "./chat-completions.ts";

type Endpoint = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

/** The simulator's HTTP server, not yet listening. */
export function httpServer(
  simulation: Simulation,
  log: CallLog,
  apiKey: string | undefined,
): Server {
  const { models } = simulation;
  const mayEnter = ({ headers }: IncomingMessage) =>
    apiKey === undefined || headers.authorization === `Bearer ${apiKey}`;
  const ifMayEnter =
    (endpoint: Endpoint): Endpoint =>
    (incoming, outgoing) =>
      mayEnter(incoming) ? endpoint(incoming, outgoing) : refuse(outgoing, invalidApiKey);

  const endpoints = new Map<string, Endpoint>([
    ["POST /v1/chat/completions", chatCompletions(simulation, log, mayEnter)],
    ["GET /v1/models", ifMayEnter(json(modelList(models)))],
    ...models.map((model): [string, Endpoint] => [
      `GET /v1/models/${model}`,
      ifMayEnter(json(modelBody(model))),
    ]),
  ]);

  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split("?", 1)[0] ?? "/";
    const endpoint = endpoints.get(`${incoming.method} ${path}`);
    if (endpoint) endpoint(incoming, outgoing);
    else refuse(outgoing, notFound(incoming.method ?? "GET", path, models));
  });
  // Callers keep connections for minutes; closing one while a request is on its way would be a fault nobody ordered.
  server.keepAliveTimeout = 600_000;
  return server;
}

const json =
  (body: string): Endpoint =>
  (_incoming, outgoing) =>
    send(outgoing, 200, body);

const refuse = (outgoing: ServerResponse, error: ApiError): void =>
  send(outgoing, error.status, errorBody(error));

const aModel = "/v1/models/";

const notFound = (method: string, path: string, models: readonly string[]): ApiError =>
  method === "GET" && path.startsWith(aModel)
    ? modelNotFound(path.slice(aModel.length), models)
    : unknownUrl(method, path);
