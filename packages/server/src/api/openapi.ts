import {
  api,
  apiRoot,
  isText,
  ProblemDocument,
  problemUrn,
  type Route,
  routes,
} from "@countersign/contract";
import type { ProblemType } from "@countersign/core";
import { z } from "zod";
import { statusOf } from "../problem-response.ts";
import { type JsonSchema, mergeComponents } from "./components.ts";
import { hasJsonBody } from "./read-request.ts";

const { health } = api.server;

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description?: string;
  readonly schema?: JsonSchema;
  readonly content?: Content;
}

export type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>;

export interface Operation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly security?: readonly [];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content: Content }>
  >;
}

/** An OpenAPI 3.1 document, as far as ours go. */
export interface OpenApiDocument {
  readonly openapi: "3.1.1";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/**
 * The contract as OpenAPI. Zod prints JSON Schema in the dialect that OpenAPI 3.1 uses, recursive schemas included; what
 * has an id in Zod is a component here. One that reads differently sent than received, because of its defaults, is two
 * components: `JobSettingsInput` and `JobSettings`.
 */
export function openApiDocument(version: string): OpenApiDocument {
  const requests = jsonSchema("input", (route) =>
    z.object({ params: route.params, query: route.query, body: route.body }),
  );
  const responses = jsonSchema("output", (route) => route.response);
  const { schemas, renamed } = mergeComponents(requests.$defs, responses.$defs);

  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    const request = renamed(requests.properties[route.id] ?? {});
    paths[route.path] = {
      ...paths[route.path],
      [route.method]: operation(route, request, responses.properties[route.id] ?? {}),
    };
  }

  return {
    openapi: "3.1.1",
    info: {
      title: "Countersign",
      version,
      description:
        "LLMs label text first; people countersign only what needs it. Errors are RFC 9457 problem documents. " +
        "From the server's own machine requests are made in the name of its user; from elsewhere they need a token.",
    },
    servers: [{ url: apiRoot }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

/** One JSON Schema for the same part of all routes, by their ids, so that what they share is defined once. */
function jsonSchema(io: "input" | "output", part: (route: Route) => z.ZodType) {
  const whole = z.object({
    ...Object.fromEntries(routes.map((route) => [route.id, part(route)])),
    problem: ProblemDocument,
  });
  const printed = z.toJSONSchema(whole, {
    io,
    override: ({ zodSchema, jsonSchema }) => {
      // Every whole number is bounded by what a double holds exactly, which says nothing about the field.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      // Only strict objects refuse further fields; a response may gain some.
      if (zodSchema instanceof z.ZodObject && !zodSchema.def.catchall)
        delete jsonSchema.additionalProperties;
    },
  });
  const text = JSON.stringify(printed).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties = {}, $defs = {} }: JsonSchema = JSON.parse(text);
  return { properties, $defs };
}

function operation(route: Route, request: JsonSchema, response: JsonSchema): Operation {
  const { params = {}, query = {}, body = {} } = request.properties ?? {};
  return {
    operationId: route.id,
    tags: [route.id.split(".")[0] ?? ""],
    summary: route.summary,
    ...(route.path === health.path && { security: [] }),
    parameters: [...parameters(route, "path", params), ...parameters(route, "query", query)],
    ...(hasJsonBody(route) && {
      requestBody: { required: true, content: { "application/json": { schema: body } } },
    }),
    ...(route.bodyMedia && {
      requestBody: { required: true, content: contentOf(route.bodyMedia, { type: "string" }) },
    }),
    responses: {
      200: {
        description: route.responseMedia ? "A stream; the schema is one line's or event's" : "Done",
        content: contentOf(route.responseMedia ?? ["application/json"], response),
      },
      ...problems(route),
    },
  };
}

const contentOf = (media: readonly string[], schema: JsonSchema): Content =>
  Object.fromEntries(
    media.map((type) => [type, { schema: isDescribed(type) ? schema : { type: "string" } }]),
  );

/** Whether a reply of this kind is what the schema describes; others are files. */
const isDescribed = (media: string): boolean =>
  ["application/json", "application/x-ndjson", "text/event-stream"].includes(media);

/** A part's fields as parameters. One that is neither text nor a single JSON value is said to be sent as JSON. */
function parameters(route: Route, place: "path" | "query", part: JsonSchema): Parameter[] {
  const fields = place === "path" ? route.params : route.query;
  return Object.entries(part.properties ?? {}).map(([name, { description, ...schema }]) => {
    const field = fields.shape[name];
    const plain = place === "path" || (field && isText(field)) || schema.type === "integer";
    return {
      name,
      in: place,
      required: part.required?.includes(name) ?? false,
      ...(description !== undefined && { description }),
      ...(plain ? { schema } : { content: { "application/json": { schema } } }),
    };
  });
}

/** The problems an operation can end in, by status: its own and those that any request can meet. */
function problems(route: Route): Operation["responses"] {
  const takesInput = [route.params, route.query, route.body].some(
    (part) => Object.keys(part.shape).length > 0,
  );
  const types: ProblemType[] = [
    ...route.problems,
    ...(takesInput ? (["request-invalid"] as const) : []),
    ...(hasJsonBody(route) ? (["request-too-large"] as const) : []),
    ...(route.path === health.path
      ? []
      : (["token-required", "token-invalid", "origin-refused", "too-many-attempts"] as const)),
    "internal",
  ];
  const schema = { $ref: "#/components/schemas/Problem" };
  return Object.fromEntries(
    Object.entries(Object.groupBy(types, (type) => statusOf[type])).map(([status, group]) => [
      status,
      {
        description: (group ?? []).map(problemUrn).join(", "),
        content: { "application/problem+json": { schema } },
      },
    ]),
  );
}
