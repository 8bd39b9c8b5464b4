import type { api } from "@countersign/contract";
import { confidences as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const confidences: Handlers<typeof api.confidences> = {
  list: ({ engine }, input) => useCases.list(engine, input),
  choose: ({ engine, actor }, input) => useCases.choose(engine, actor, input),
  agree: ({ engine, actor }, input) => useCases.agree(engine, actor, input),
  give: ({ engine, actor }, input) => useCases.give(engine, actor, input),
};
