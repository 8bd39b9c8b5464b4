import { anthropic } from "../anthropic/dialect.ts";
import { readMessagesRequest } from "../anthropic/messages/request.ts";
import type { Provider } from "../provider.ts";
import { modelEndpoint } from "./model-endpoint.ts";
import { type Route, route } from "./route.ts";

/** Everything Anthropic's clients may ask of the simulator. */
export function anthropicRoutes(provider: Provider): Route[] {
  return [route("POST", "/v1/messages", modelEndpoint(anthropic, readMessagesRequest, provider))];
}
