import type { IncomingMessage, ServerResponse } from "node:http";
import type { Dialect, WireReply } from "../simulation/dialect.ts";

/** Reads a request's body. Never settles when the caller goes away before its end: there is nobody left to answer. */
export const bodyOf = (incoming: IncomingMessage): Promise<Buffer> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
  });

/** A body's JSON, or what a provider says of a body that is none. */
export function parsed(
  body: Buffer,
  dialect: Dialect,
): { readonly json: unknown } | { readonly error: WireReply } {
  try {
    return { json: JSON.parse(body.toString()) };
  } catch {
    return { error: dialect.invalidRequest("The request's body is not JSON.") };
  }
}

/** Every response says that no model was asked. */
const marks = { "x-countersign-simulated": "true" };

export function begin(
  outgoing: ServerResponse,
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
  type = "application/json",
): void {
  outgoing.writeHead(status, {
    "content-type": type,
    ...marks,
    ...headers,
    "content-length": body.length,
  });
}

export function send(
  outgoing: ServerResponse,
  { status, body, type }: WireReply,
  headers?: Readonly<Record<string, string>>,
): void {
  const bytes = Buffer.from(body);
  begin(outgoing, status, bytes, headers, type);
  outgoing.end(bytes);
}
