import type { api } from "@countersign/contract";
import { embeddings as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const embeddings: Handlers<typeof api.embeddings> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  estimate: ({ engine }, input) => useCases.estimate(engine, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  cancel: ({ engine, actor }, input) => useCases.cancel(engine, actor, input),
  resume: ({ engine, actor }, input) => useCases.resume(engine, actor, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
};
