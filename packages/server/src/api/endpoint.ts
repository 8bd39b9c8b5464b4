import type { Route, RouteOutput, RouteRequest } from "@countersign/contract";
import type { Problem, Result } from "@countersign/core";
import type { Actor, Engine } from "@countersign/engine";

/** What a handler has besides the route's own input. */
export interface Context {
  readonly engine: Engine;
  /** This program's version. */
  readonly version: string;
  /** In whose name the request is made. */
  readonly actor: Actor;
  /** The request's body as it arrives, for routes with `bodyMedia`. */
  readonly file: AsyncIterable<Uint8Array>;
  /** Aborted when the client is gone or the server stops. */
  readonly signal: AbortSignal;
}

/**
 * Answers one route: with what it declares, or, where it declares a stream, with a Response that streams. `input` is the
 * request's params, query and body in one, validated.
 */
export type Handler<R extends Route> = (
  context: Context,
  input: RouteRequest<R>,
) => Promise<Result<RouteOutput<R> | Response, Problem>>;

/** A handler for every verb of a noun. */
export type Handlers<Noun> = {
  readonly [Verb in keyof Noun]: Noun[Verb] extends Route ? Handler<Noun[Verb]> : never;
};
