import { upload } from "../openai/batches/upload.ts";
import { readChatRequest } from "../openai/chat/request.ts";
import { readCompletionRequest } from "../openai/completions/request.ts";
import { openai } from "../openai/dialect.ts";
import { readEmbeddingRequest } from "../openai/embeddings/request.ts";
import { modelBody, modelList } from "../openai/models.ts";
import { readResponseRequest } from "../openai/responses/request.ts";
import type { Provider } from "../provider.ts";
import { bodyOf } from "./body.ts";
import { now } from "./clock.ts";
import { modelEndpoint } from "./model-endpoint.ts";
import { type Asked, Desk, type Route, route } from "./route.ts";

/** Everything OpenAI's clients may ask of the simulator. */
export function openaiRoutes(provider: Provider): Route[] {
  const { models } = provider.simulation;
  const { files, batches } = provider.openai;
  const desk = new Desk(openai, provider.apiKey);
  return [
    route("POST", "/v1/chat/completions", modelEndpoint(openai, readChatRequest, provider)),
    route("POST", "/v1/responses", modelEndpoint(openai, readResponseRequest, provider)),
    route("POST", "/v1/completions", modelEndpoint(openai, readCompletionRequest, provider)),
    route("POST", "/v1/embeddings", modelEndpoint(openai, readEmbeddingRequest, provider)),

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

    route(
      "POST",
      "/v1/files",
      desk.answers(async (asked) => upload(files, await formOf(asked), now())),
    ),
    route(
      "GET",
      "/v1/files/{id}/content",
      desk.answers(({ id }) => files.content(id)),
    ),
    route(
      "GET",
      "/v1/files/{id}",
      desk.answers(({ id }) => files.described(id)),
    ),
    route(
      "DELETE",
      "/v1/files/{id}",
      desk.answers(({ id }) => files.delete(id)),
    ),

    route(
      "POST",
      "/v1/batches",
      desk.answersJson((json) => batches.create(json, now())),
    ),
    route(
      "GET",
      "/v1/batches",
      desk.answers(({ query }) => batches.list(query, now())),
    ),
    route(
      "GET",
      "/v1/batches/{id}",
      desk.answers(({ id }) => batches.get(id, now())),
    ),
    route(
      "POST",
      "/v1/batches/{id}/cancel",
      desk.answers(({ id }) => batches.cancel(id, now())),
    ),
  ];
}

async function formOf({ incoming }: Asked): Promise<FormData | undefined> {
  const body = await bodyOf(incoming);
  const type = incoming.headers["content-type"] ?? "";
  return new Response(new Uint8Array(body), { headers: { "content-type": type } })
    .formData()
    .catch(() => undefined);
}
