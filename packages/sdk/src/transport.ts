import {
  apiRoot,
  encodeQuery,
  type Route,
  type RouteOutput,
  type StreamMedia,
} from "@countersign/contract";
import { errorOf, unreachable } from "./error.ts";

export interface Options {
  /** The server's address: `http://localhost:4100`, or with the path that a proxy serves it under. */
  readonly url: string;
  /** Needed off loopback. Sent as a Bearer token in the Authorization header, never in a URL. */
  readonly token?: string | undefined;
  /** Used in place of the platform's fetch. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

export interface CallOptions {
  /** Aborting it ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** In a browser: send it also where the page is left meanwhile. */
  readonly keepalive?: boolean | undefined;
}

/** A file to send. A string is sent as UTF-8; a Blob or a stream is read while it is sent, never whole before. */
export type FileBody = Blob | ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | string;

export interface SendOptions extends CallOptions {
  /** For a route with `bodyMedia`: the body in place of JSON. */
  readonly file?: { readonly body: FileBody; readonly media: StreamMedia } | undefined;
}

/** How requests reach the server. */
export interface Transport {
  /**
   * Sends `input`, split into path, query and body as the route declares; resolves to a response of status 2xx.
   * @throws {CountersignError} for every other response and for none
   */
  send(route: Route, input: object, options?: SendOptions): Promise<Response>;
  /**
   * As {@link send}, and reads the response's JSON. The server is typed by the same contract, so the shape is not
   * checked a second time here.
   */
  json<R extends Route>(route: R, input: object, options?: SendOptions): Promise<RouteOutput<R>>;
}

/** @throws {TypeError} where `url` is no absolute URL */
export function openTransport({ url, token, fetch = globalThis.fetch }: Options): Transport {
  const root = new URL(url).href.replace(/\/+$/, "");

  async function send(route: Route, input: object, options: SendOptions = {}): Promise<Response> {
    const request = new Request(root + address(route, input), {
      method: route.method.toUpperCase(),
      ...content(route, input, options, token),
      ...(options.signal && { signal: options.signal }),
      ...(options.keepalive && { keepalive: true }),
    });
    const response = await reached(fetch(request), options);
    if (!response.ok) throw await errorOf(response, root);
    return response;
  }

  /** A connection's failure becomes our error; an abort stays the caller's own. */
  async function reached<Value>(answer: Promise<Value>, { signal }: CallOptions): Promise<Value> {
    try {
      return await answer;
    } catch (error) {
      throw signal?.aborted ? error : unreachable(root, error);
    }
  }

  return {
    send,
    json: async (route, input, options = {}) =>
      reached((await send(route, input, options)).json(), options),
  };
}

/** The route's path with its slots filled, and its query. */
function address(route: Route, input: object): string {
  const values: Readonly<Record<string, unknown>> = { ...input };
  const path = route.path.replace(/\{(\w+)\}/g, (_slot, name: string) =>
    encodeURIComponent(String(values[name])),
  );
  const query = encodeQuery(route.query, values).toString();
  return apiRoot + path + (query && `?${query}`);
}

function content(
  route: Route,
  input: object,
  { file }: SendOptions,
  token: string | undefined,
): RequestInit {
  const headers = new Headers(token ? { authorization: `Bearer ${token}` } : {});
  headers.set("accept", (route.responseMedia ?? ["application/json"]).join(", "));
  if (file) {
    headers.set("content-type", file.media);
    // Platforms that can stream a request want to be told that the response comes after it.
    const duplex = file.body instanceof ReadableStream ? { duplex: "half" as const } : {};
    return { headers, body: file.body, ...duplex };
  }
  const fields = Object.keys(route.body.shape);
  if (fields.length === 0) return { headers };
  headers.set("content-type", "application/json");
  const body = Object.entries(input).filter(([name]) => fields.includes(name));
  return { headers, body: JSON.stringify(Object.fromEntries(body)) };
}
