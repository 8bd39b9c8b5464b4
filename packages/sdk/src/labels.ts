import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const labels = (transport: Transport) => ({
  /** The prompt and the reply that a job's label came from. */
  reply: method(transport, api.labels.reply),
});
