import { readChatRequest } from "../openai/chat/request.ts";
import { readCompletionRequest } from "../openai/completions/request.ts";
import { openai } from "../openai/dialect.ts";
import { modelBody, modelList } from "../openai/models.ts";
import { readResponseRequest } from "../openai/responses/request.ts";
import type { Provider } from "../provider.ts";
import { modelEndpoint } from "./model-endpoint.ts";
import { Desk, type Route, route } from "./route.ts";

/** Everything OpenAI's clients may ask of the simulator. */
export function openaiRoutes(provider: Provider): Route[] {
  const { models } = provider.simulation;
  const desk = new Desk(openai, provider.apiKey);
  return [
    route("POST", "/v1/chat/completions", modelEndpoint(openai, readChatRequest, provider)),
    route("POST", "/v1/responses", modelEndpoint(openai, readResponseRequest, provider)),
    route("POST", "/v1/completions", modelEndpoint(openai, readCompletionRequest, provider)),

    route(
      "GET",
      "/v1/models",
      desk.answers(() => ({ status: 200, body: modelList(models) })),
    ),
    route(
      "GET",
      "/v1/models/{id}",
      desk.answers(({ id }) =>
        models.includes(id)
          ? { status: 200, body: modelBody(id) }
          : openai.modelNotFound(id, models),
      ),
    ),
  ];
}
