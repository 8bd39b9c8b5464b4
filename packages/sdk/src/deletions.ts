import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";

export const deletions = (transport: Transport) => ({
  /** What would go with a project, a job or some records; nothing is changed. */
  preview: method(transport, api.deletions.preview),
  /** One page of the deletions, newest first. */
  list: method(transport, api.deletions.list),
  /** All deletions, newest first. */
  all: sequence(transport, api.deletions.list),
  /** One deletion and how far it is. */
  get: method(transport, api.deletions.get),
});
