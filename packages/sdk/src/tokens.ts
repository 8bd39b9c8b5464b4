import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const tokens = (transport: Transport) => ({
  /** Creates a token; its secret is in this response only. */
  create: method(transport, api.tokens.create),
  /** All tokens, newest first. */
  list: method(transport, api.tokens.list),
  /** Revokes a token; requests with it are refused from now on. */
  revoke: method(transport, api.tokens.revoke),
});
