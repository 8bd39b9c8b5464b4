import type { Route, RouteInput, RouteOutput } from "@countersign/contract";
import type { CallOptions, Transport } from "./transport.ts";

/** An argument that may be left out where none of its fields is required. */
type Arguments<Input> =
  Record<never, never> extends Input
    ? [input?: Input, options?: CallOptions]
    : [input: Input, options?: CallOptions];

/**
 * A route as a method: one object with all that the route takes, in path, query or body.
 * Rejects with a `CountersignError`.
 */
export type Method<R extends Route> = (
  ...parameters: Arguments<RouteInput<R>>
) => Promise<RouteOutput<R>>;

/** A paged list as one sequence: the next page is fetched when the one before has been read. */
export type Sequence<R extends Route> = (
  ...parameters: Arguments<Omit<RouteInput<R>, "after">>
) => AsyncGenerator<ItemOf<RouteOutput<R>>, void, undefined>;

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

type ItemOf<Output> = Output extends Page<infer Item> ? Item : never;

export function method<R extends Route>(transport: Transport, route: R): Method<R> {
  return (input?: object, options?: CallOptions) => transport.json(route, input ?? {}, options);
}

export function sequence<R extends Route>(transport: Transport, route: R): Sequence<R> {
  return async function* (input?: object, options?: CallOptions) {
    let after: string | undefined;
    do {
      const response = await transport.json(route, { ...input, after }, options);
      const page = response as Page<ItemOf<RouteOutput<R>>>;
      yield* page.items;
      after = page.next ?? undefined;
    } while (after !== undefined);
  };
}
