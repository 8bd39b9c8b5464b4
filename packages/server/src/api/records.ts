import type { api } from "@countersign/contract";
import { records as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const records: Handlers<Pick<typeof api.records, "import">> = {
  import: ({ engine, actor, file }, input) =>
    useCases.importFile(engine, actor, { ...input, body: file }),
};
