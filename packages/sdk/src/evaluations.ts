import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const evaluations = (transport: Transport) => ({
  /** Measures a job's labels against the truth. */
  compare: method(transport, api.evaluations.compare),
});
