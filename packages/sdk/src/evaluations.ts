import { api } from "@countersign/contract";
import { method } from "./method.ts";
import type { Transport } from "./transport.ts";

export const evaluations = (transport: Transport) => ({
  /** Measures a job's labels against the truth. */
  compare: method(transport, api.evaluations.compare),
  /** Who disagrees with whom on a label: agreement and kappa of every two annotators. */
  disagreement: method(transport, api.evaluations.disagreement),
});
