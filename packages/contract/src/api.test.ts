import { problemTypes } from "@countersign/core";
import { describe, expect, expectTypeOf, test } from "vitest";
import { api, routes } from "./api.ts";
import { problemType, problemUrn } from "./problem-document.ts";
import type { RouteInput, RouteOutput, RouteRequest } from "./route.ts";

test("a route's id is its place in the API", () => {
  const places = Object.entries(api).flatMap(([noun, verbs]) =>
    Object.keys(verbs).map((verb) => `${noun}.${verb}`),
  );
  expect(routes.map((route) => route.id)).toEqual(places);
});

test("no two routes answer the same request", () => {
  const addresses = routes.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(addresses).size).toBe(addresses.length);
});

describe.each(routes.map((route) => [route.id, route] as const))("%s", (_id, route) => {
  const namesOf = (part: { shape: object }) => Object.keys(part.shape);

  test("has a slot in its path for each of its params, and no other", () => {
    const slots = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(slots.toSorted()).toEqual(namesOf(route.params).toSorted());
  });

  test("has no name twice in what it takes", () => {
    const names = [route.params, route.query, route.body].flatMap(namesOf);
    expect(new Set(names).size).toBe(names.length);
  });

  test("takes a body only where HTTP has a meaning for one", () => {
    const takesBody = namesOf(route.body).length > 0 || route.bodyMedia !== undefined;
    expect(takesBody && (route.method === "get" || route.method === "delete")).toBe(false);
  });
});

test("a problem type is found again by its URN", () => {
  for (const type of problemTypes) expect(problemType(problemUrn(type))).toBe(type);
  expect(problemType("urn:countersign:problem:of-the-future")).toBeUndefined();
});

test("what a caller passes and what a handler receives differ by the defaults", () => {
  type List = (typeof api)["jobs"]["list"];
  expectTypeOf<RouteInput<List>>().toEqualTypeOf<{
    project: string;
    limit?: number | undefined;
    after?: string | undefined;
  }>();
  expectTypeOf<RouteRequest<List>>().toEqualTypeOf<{
    project: string;
    limit: number;
    after?: string | undefined;
  }>();
  expectTypeOf<RouteInput<(typeof api)["tokens"]["list"]>>().toEqualTypeOf<Record<never, never>>();
  expectTypeOf<RouteOutput<(typeof api)["exports"]["remove"]>>().toEqualTypeOf<{
    removed: number;
  }>();
});
