import type { ProblemType } from "@countersign/core";
import { z } from "zod";

export type Fields = z.ZodObject<z.ZodRawShape>;

/** What a body or reply is when it is not one JSON document. */
export type StreamMedia = "text/csv" | "application/x-ndjson" | "text/event-stream";

/**
 * One operation of the HTTP API, described once: the server implements it, the SDK is typed by it,
 * the OpenAPI document is printed from it. Paths are relative to `/api/v1`.
 */
export interface Route<
  Params extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends z.ZodType = z.ZodType,
  Response extends z.ZodType = z.ZodType,
> {
  /** Noun and verb, unique: `projects.create`. */
  readonly id: `${string}.${string}`;
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: `/${string}`;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** `z.undefined()` where there is none; with `bodyMedia` the body is a stream and this describes nothing. */
  readonly body: Body;
  readonly bodyMedia?: StreamMedia;
  /** The reply's JSON; for a stream, one line or event of it. */
  readonly response: Response;
  readonly responseMedia?: readonly StreamMedia[];
  /** The problems particular to this operation. */
  readonly problems: readonly ProblemType[];
}

const none = z.object({});

/** Declares a route; parts left out are empty. */
export function route<
  Response extends z.ZodType,
  Params extends Fields = typeof none,
  Query extends Fields = typeof none,
  Body extends z.ZodType = z.ZodUndefined,
>(
  declared: Pick<
    Route<Params, Query, Body, Response>,
    "id" | "method" | "path" | "summary" | "response"
  > &
    Partial<Route<Params, Query, Body, Response>>,
): Route<Params, Query, Body, Response> {
  return {
    params: none as unknown as Params,
    query: none as unknown as Query,
    body: z.undefined() as unknown as Body,
    problems: [],
    ...declared,
  };
}

/** What a caller passes: parts that are empty may be left out. */
export type RouteInput<R> =
  R extends Route<infer Params, infer Query, infer Body, z.ZodType>
    ? Part<"params", z.input<Params>> & Part<"query", z.input<Query>> & Part<"body", z.input<Body>>
    : never;

type Part<Name extends string, Value> = undefined extends Value
  ? { [name in Name]?: Value }
  : Record<never, never> extends Value
    ? { [name in Name]?: Value }
    : { [name in Name]: Value };

export type RouteOutput<R> =
  R extends Route<Fields, Fields, z.ZodType, infer Response> ? z.output<Response> : never;

/** A page of a list in a stable order. `next` is passed as `after` for the page that follows. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const PageQuery = z.object({
  limit: z.int().min(1).max(1000).default(100),
  after: z.string().optional(),
});
