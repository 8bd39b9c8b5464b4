import type { api } from "@countersign/contract";
import { deletions as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const deletions: Handlers<typeof api.deletions> = {
  preview: ({ engine }, input) => useCases.preview(engine, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
};
