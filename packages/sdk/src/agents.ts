import { api } from "@countersign/contract";
import { method, sequence } from "./method.ts";
import type { Transport } from "./transport.ts";

export const agents = (transport: Transport) => ({
  /** Registers an agent; the same content is the same agent. */
  create: method(transport, api.agents.create),
  /** One page of the agents, newest first. */
  list: method(transport, api.agents.list),
  /** All agents, newest first. */
  all: sequence(transport, api.agents.list),
  get: method(transport, api.agents.get),
  /** The prompts an agent would send for the first records; makes and calls nothing. */
  preview: method(transport, api.agents.preview),
  /** Asks an agent's model once, about the first record; stores nothing. */
  probe: method(transport, api.agents.probe),
});
