import type { api } from "@countersign/contract";
import { tokens as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const tokens: Handlers<typeof api.tokens> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  list: ({ engine }) => useCases.list(engine),
  revoke: ({ engine, actor }, input) => useCases.revoke(engine, actor, input),
};
