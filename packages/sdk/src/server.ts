import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const server = (transport: Transport) => ({
  /** Whether the server is up, and its version; needs no token. */
  health: method(transport, api.server.health),
  /** In whose name requests are made. */
  whoami: method(transport, api.server.whoami),
});
