import type { IncomingMessage, ServerResponse } from "node:http";

/** Reads a request's body. Never settles when the caller goes away before its end: there is nobody left to answer. */
export const bodyOf = (incoming: IncomingMessage): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => resolve(Buffer.concat(chunks).toString()));
  });

/** Every response says that no model was asked. */
const marks = {
  "content-type": "application/json",
  "x-countersign-simulated": "true",
};

export function begin(
  outgoing: ServerResponse,
  status: number,
  body: Buffer,
  headers: Readonly<Record<string, string>> = {},
): void {
  outgoing.writeHead(status, { ...marks, ...headers, "content-length": body.length });
}

export function send(
  outgoing: ServerResponse,
  status: number,
  body: string,
  headers?: Readonly<Record<string, string>>,
): void {
  const bytes = Buffer.from(body);
  begin(outgoing, status, bytes, headers);
  outgoing.end(bytes);
}
