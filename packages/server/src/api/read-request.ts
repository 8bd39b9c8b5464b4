import { decodeQuery, type Route, type RouteRequest } from "@countersign/contract";
import { err, ok, type Problem, type Result } from "@countersign/core";
import type { z } from "zod";
import { unusable } from "./unusable.ts";

/** A JSON body may have so many bytes: ten thousand verdicts, or a schema of fifty labels, have room several times over. */
export const largestJsonBody = 10 * 1024 * 1024;

type InvalidRequest = Problem<"request-invalid" | "request-too-large">;

/**
 * Reads a request's params, query and JSON body into the one object that the route's handler takes. All that is wrong
 * with it is told at once, each fault with its field.
 */
export async function readRequest<R extends Route>(
  route: R,
  params: Readonly<Record<string, string>>,
  request: Request,
): Promise<Result<RouteRequest<R>, InvalidRequest>> {
  const body = hasJsonBody(route) ? await readJson(request) : ok({});
  if (!body.ok) return body;
  const query = decodeQuery(route.query, new URL(request.url).searchParams);
  const fault = unusable(params) ?? unusable(query) ?? unusable(body.value);
  if (fault !== undefined) return invalid(`The request is not valid: ${fault}.`);
  const parts = [
    route.params.safeParse(params),
    route.query.strict().safeParse(query),
    route.body.safeParse(body.value),
  ];
  const issues = parts.flatMap((part) => part.error?.issues ?? []);
  return issues.length === 0
    ? ok(Object.assign({}, ...parts.map((part) => part.data)))
    : invalid(`The request is not valid: ${issues.map(describe).join("; ")}.`);
}

export const hasJsonBody = (route: Route): boolean => Object.keys(route.body.shape).length > 0;

/** `where.all[0].keyword: what is wrong` */
function describe({ path, message }: z.core.$ZodIssue): string {
  const field = path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step)}`))
    .join("")
    .replace(/^\./, "");
  const fault = message.replace(/\.$/, "");
  return field ? `${field}: ${fault}` : fault;
}

async function readJson(request: Request): Promise<Result<unknown, InvalidRequest>> {
  const media = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  // An act whose fields may all be left out is also asked for without a body.
  if (media === undefined && (await readText(request)) === "") return ok({});
  if (media !== "application/json")
    return invalid("The body has to be sent as Content-Type: application/json.");
  const text = await readText(request);
  if (text === undefined)
    return err({
      type: "request-too-large",
      what: `The body has more than ${largestJsonBody / 1024 / 1024} MB.`,
      kept: "Nothing was changed.",
      next: "Send it in several requests.",
    });
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    return invalid(`The body is no JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

/** The body's text, undefined where it is too large; no more of it than that is taken into memory. */
async function readText(request: Request): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const bytes of readBody(request)) {
    size += bytes.length;
    if (size > largestJsonBody) return undefined;
    text += decoder.decode(bytes, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The body as it arrives. A reader that stops early leaves the rest to the HTTP server, so that the client, who may still
 * be sending, gets the response and not a broken connection.
 */
export async function* readBody(request: Request): AsyncGenerator<Uint8Array, void, undefined> {
  if (request.body) yield* request.body.values({ preventCancel: true });
}

const invalid = (what: string) =>
  err({ type: "request-invalid" as const, what, kept: "Nothing was changed." });
