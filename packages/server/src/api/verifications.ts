import type { api } from "@countersign/contract";
import { verifications as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const verifications: Handlers<typeof api.verifications> = {
  record: ({ engine, actor }, input) => useCases.record(engine, actor, input),
};
