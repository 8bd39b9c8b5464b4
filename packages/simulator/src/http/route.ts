import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dialect, WireReply } from "../simulation/dialect.ts";
import { bodyOf, parsed, send } from "./body.ts";

/** @param id what stands in the path for `{id}`; empty where the path has none */
export type Endpoint = (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  id: string,
) => void | Promise<void>;

/** What answers a method on a path. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly endpoint: Endpoint;
}

/** @param path as in `/v1/files/{id}/content`; of two that fit, the one that is listed first answers */
export const route = (method: string, path: string, endpoint: Endpoint): Route => ({
  method,
  path: new RegExp(`^${path.replace("{id}", "(.+)")}$`),
  endpoint,
});

/** What an endpoint that asks no model is told of a request. */
export interface Asked {
  readonly incoming: IncomingMessage;
  readonly id: string;
  readonly query: URLSearchParams;
  /** Scheme and authority of the address at which the caller reaches the simulator. */
  readonly origin: string;
}

/** Endpoints of one provider that ask no model: they answer those whom the provider lets in, at once. */
export class Desk {
  readonly #dialect: Dialect;
  readonly #apiKey: string | undefined;

  constructor(dialect: Dialect, apiKey: string | undefined) {
    this.#dialect = dialect;
    this.#apiKey = apiKey;
  }

  answers(reply: (asked: Asked) => WireReply | Promise<WireReply>): Endpoint {
    return async (incoming, outgoing, id) => {
      const refusal = this.#dialect.refusal(incoming.headers, this.#apiKey);
      const origin = `http://${incoming.headers.host}`;
      const query = new URLSearchParams(incoming.url?.split("?", 2)[1]);
      send(outgoing, refusal ?? (await reply({ incoming, id, query, origin })));
    };
  }

  /** The same for an endpoint to which JSON is posted. */
  answersJson(reply: (json: unknown, asked: Asked) => WireReply): Endpoint {
    return this.answers(async (asked) => {
      const content = parsed(await bodyOf(asked.incoming), this.#dialect);
      return "error" in content ? content.error : reply(content.json, asked);
    });
  }
}
