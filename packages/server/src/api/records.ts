import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { records as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

export const records: Handlers<typeof api.records> = {
  import: ({ engine, actor, file }, input) =>
    useCases.importFile(engine, actor, { ...input, body: file }),
  search: ({ engine }, input) => useCases.search(engine, input),
  vectors: ({ engine, actor }, input) => useCases.vectorsFromMetadata(engine, actor, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  export: async ({ engine }, input) => {
    const prepared = await useCases.prepareExport(engine, input);
    if (!prepared.ok) return prepared;
    const { media, filename, write } = prepared.value;
    return ok(fileStream(media, filename, write()));
  },
  labelConfig: ({ engine }, input) => useCases.labelConfig(engine, input),
};
