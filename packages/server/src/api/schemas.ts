import type { api } from "@countersign/contract";
import { schemas as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const schemas: Handlers<typeof api.schemas> = {
  get: ({ engine }, input) => useCases.get(engine, input),
  set: ({ engine, actor }, { project, rename, orphan, ...document }) =>
    useCases.set(engine, actor, { project, document, rename, orphan }),
  history: ({ engine }, input) => useCases.history(engine, input),
};
