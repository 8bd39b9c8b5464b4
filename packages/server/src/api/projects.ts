import type { api } from "@countersign/contract";
import { projects as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const projects: Handlers<typeof api.projects> = {
  list: ({ engine }, input) => useCases.list(engine, input),
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
};
