import type { api } from "@countersign/contract";
import { assignments as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const assignments: Handlers<typeof api.assignments> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  next: ({ engine, actor }, input) => useCases.next(engine, actor, input),
  release: ({ engine, actor }, input) => useCases.release(engine, actor, input),
  extend: ({ engine, actor }, input) => useCases.extend(engine, actor, input),
  close: ({ engine, actor }, input) => useCases.close(engine, actor, input),
  reopen: ({ engine, actor }, input) => useCases.reopen(engine, actor, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
};
