import type { api } from "@countersign/contract";
import { agents as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const agents: Handlers<typeof api.agents> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  probe: ({ engine, signal }, input) => useCases.probe(engine, input, signal),
  preview: ({ engine }, input) => useCases.preview(engine, input),
};
