import type { ProblemType } from "@countersign/core";
import { z } from "zod";

export type Fields = z.ZodObject<z.ZodRawShape>;

/** What a body or reply is when it is not one JSON document. */
export type StreamMedia =
  | "text/csv"
  | "text/tab-separated-values"
  | "application/x-ndjson"
  | "application/json"
  | "application/zip"
  | "application/vnd.apache.parquet"
  | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  | "application/vnd.countersign.backup+zip"
  | "application/octet-stream"
  | "text/event-stream";

/**
 * One operation of the HTTP API, described once: the server implements it, the SDK is typed by it,
 * the OpenAPI document is printed from it. Paths are relative to `/api/v1`. No name occurs in two of params, query and
 * body, so that a caller passes them, and a handler receives them, as one object.
 */
export interface Route<
  Params extends Fields = Fields,
  Query extends Fields = Fields,
  Body extends Fields = Fields,
  Response extends z.ZodType = z.ZodType,
> {
  /** Noun and verb, unique: `projects.create`. */
  readonly id: `${string}.${string}`;
  readonly method: "get" | "post" | "put" | "delete";
  readonly path: `/${string}`;
  readonly summary: string;
  readonly params: Params;
  readonly query: Query;
  /** The JSON body. Without fields there is none; with `bodyMedia` the body is a stream instead. */
  readonly body: Body;
  readonly bodyMedia?: readonly StreamMedia[];
  /** The reply's JSON; for a stream, one line or event of it. */
  readonly response: Response;
  readonly responseMedia?: readonly StreamMedia[];
  /** The problems particular to this operation. */
  readonly problems: readonly ProblemType[];
}

const none = z.object({});
type None = typeof none;

/** Declares a route; parts left out are empty. */
export function route<
  Response extends z.ZodType,
  Params extends Fields = None,
  Query extends Fields = None,
  Body extends Fields = None,
>(
  declared: Pick<
    Route<Params, Query, Body, Response>,
    "id" | "method" | "path" | "summary" | "response"
  > &
    Partial<Route<Params, Query, Body, Response>>,
): Route<Params, Query, Body, Response> {
  // A part that is left out infers its default type, `None`, which the compiler cannot see from in here.
  return {
    params: none as Fields as Params,
    query: none as Fields as Query,
    body: none as Fields as Body,
    problems: [],
    ...declared,
  };
}

/** What a caller passes: params, query and body as one object, what has a default optional. */
export type RouteInput<R> =
  R extends Route<infer Params, infer Query, infer Body>
    ? Flat<Input<Params> & Input<Query> & Input<Body>>
    : never;

/** What a handler receives: the same object validated, with the defaults filled in. */
export type RouteRequest<R> =
  R extends Route<infer Params, infer Query, infer Body>
    ? Flat<Output<Params> & Output<Query> & Output<Body>>
    : never;

/** What a reply holds; of a stream, what one line or event of it holds. */
export type RouteOutput<R> =
  R extends Route<Fields, Fields, Fields, infer Response> ? z.output<Response> : never;

// Zod gives an object without fields the type Record<string, never>, which forbids every other field too.
type Input<Part extends Fields> = keyof Part["shape"] extends never ? unknown : z.input<Part>;
type Output<Part extends Fields> = keyof Part["shape"] extends never ? unknown : z.output<Part>;
type Flat<Type> = { [Name in keyof Type]: Type[Name] };

/** A page of a list in a stable order. `next` is passed as `after` for the page that follows. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const PageQuery = z.object({
  limit: z.int().min(1).max(1000).default(100),
  after: z.string().optional(),
});
