import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const verifications = (transport: Transport) => ({
  /** Records verdicts on labels: all of them, or none. */
  record: method(transport, api.verifications.record),
});
