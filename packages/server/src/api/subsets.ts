import type { api } from "@countersign/contract";
import { subsets as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const subsets: Handlers<typeof api.subsets> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  sample: ({ engine, actor }, input) => useCases.sample(engine, actor, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
};
