import type { api } from "@countersign/contract";
import { evaluations as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const evaluations: Handlers<typeof api.evaluations> = {
  compare: ({ engine }, input) => useCases.compare(engine, input),
  disagreement: ({ engine }, input) => useCases.disagreement(engine, input),
};
