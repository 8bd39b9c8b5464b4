import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";

export const projects = (transport: Transport) => ({
  /** One page of the projects, by name. */
  list: method(transport, api.projects.list),
  /** All projects, by name. */
  all: sequence(transport, api.projects.list),
  create: method(transport, api.projects.create),
  get: method(transport, api.projects.get),
  /** Deletes a project and everything in it, for good: out of sight at once, its rows go in the background. */
  remove: method(transport, api.projects.remove),
});
