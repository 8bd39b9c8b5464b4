import type { api } from "@countersign/contract";
import { records as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const records: Handlers<Omit<typeof api.records, "export">> = {
  import: ({ engine, actor, file }, input) =>
    useCases.importFile(engine, actor, { ...input, body: file }),
  search: ({ engine }, input) => useCases.search(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
};
