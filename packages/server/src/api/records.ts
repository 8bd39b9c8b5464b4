import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { records as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

const media = { csv: "text/csv", jsonl: "application/x-ndjson" } as const;

export const records: Handlers<typeof api.records> = {
  import: ({ engine, actor, file }, input) =>
    useCases.importFile(engine, actor, { ...input, body: file }),
  search: ({ engine }, input) => useCases.search(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  export: async ({ engine }, input) => {
    const exported = await useCases.exportFile(engine, input);
    if (!exported.ok) return exported;
    const { project, format } = input;
    return ok(fileStream(media[format], `${project}.${format}`, exported.value));
  },
};
