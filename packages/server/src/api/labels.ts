import type { api } from "@countersign/contract";
import { labels as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const labels: Handlers<typeof api.labels> = {
  models: ({ engine }, input) => useCases.models(engine, input),
  modelSummary: ({ engine }, input) => useCases.modelSummary(engine, input),
  set: ({ engine, actor }, input) => useCases.set(engine, actor, input),
  setMetadata: ({ engine, actor }, input) => useCases.setMetadata(engine, actor, input),
  reply: ({ engine }, input) => useCases.reply(engine, input),
};
