import { anthropic } from "../anthropic/dialect.ts";
import { readMessagesRequest } from "../anthropic/messages/request.ts";
import type { Provider } from "../provider.ts";
import { now } from "./clock.ts";
import { modelEndpoint } from "./model-endpoint.ts";
import { Desk, type Route, route } from "./route.ts";

/** Everything Anthropic's clients may ask of the simulator. */
export function anthropicRoutes(provider: Provider): Route[] {
  const { batches } = provider.anthropic;
  const desk = new Desk(anthropic, provider.apiKey);
  return [
    route("POST", "/v1/messages", modelEndpoint(anthropic, readMessagesRequest, provider)),

    route(
      "POST",
      "/v1/messages/batches",
      desk.answersJson((json, { origin }) => batches.create(json, origin, now())),
    ),
    route(
      "GET",
      "/v1/messages/batches",
      desk.answers(({ query, origin }) => batches.list(query, origin, now())),
    ),
    route(
      "GET",
      "/v1/messages/batches/{id}/results",
      desk.answers(({ id }) => batches.results(id, now())),
    ),
    route(
      "GET",
      "/v1/messages/batches/{id}",
      desk.answers(({ id, origin }) => batches.get(id, origin, now())),
    ),
    route(
      "DELETE",
      "/v1/messages/batches/{id}",
      desk.answers(({ id }) => batches.delete(id, now())),
    ),
    route(
      "POST",
      "/v1/messages/batches/{id}/cancel",
      desk.answers(({ id, origin }) => batches.cancel(id, origin, now())),
    ),
  ];
}
