import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";

export const subsets = (transport: Transport) => ({
  /** Saves a search, or freezes the records that it finds now, in its order. */
  create: method(transport, api.subsets.create),
  /** Draws a sample, by strata if asked, and freezes it with how it was drawn. */
  sample: method(transport, api.subsets.sample),
  /** A page of a project's subsets, by name. */
  list: method(transport, api.subsets.list),
  /** All of a project's subsets, by name. */
  all: sequence(transport, api.subsets.list),
  /** One subset. */
  get: method(transport, api.subsets.get),
  /** Deletes a subset; its records stay. */
  remove: method(transport, api.subsets.remove),
});
