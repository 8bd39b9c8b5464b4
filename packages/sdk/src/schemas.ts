import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const schemas = (transport: Transport) => ({
  /** The newest schema version. */
  get: method(transport, api.schemas.get),
  /** Stores a new schema version; an unchanged document stores nothing. */
  set: method(transport, api.schemas.set),
  /** All schema versions, newest first. */
  history: method(transport, api.schemas.history),
});
