import type { api, RouteRequest } from "@countersign/contract";
import { ok } from "@countersign/core";
import { records as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

/** What is asked of an import, sorted by what it is about. */
const importOf = ({
  project,
  name,
  mapping,
  duplicates,
  sameTexts,
  badRows,
  dryRun,
  ...reading
}: RouteRequest<typeof api.records.import>) => ({
  project,
  name,
  mapping,
  reading,
  rules: { duplicates, sameTexts, badRows, dryRun },
});

export const records: Handlers<typeof api.records> = {
  import: ({ engine, actor, file }, input) =>
    useCases.importFile(engine, actor, { ...importOf(input), body: file }),
  preview: ({ engine, file }, { project, name, partial, ...reading }) =>
    useCases.previewFile(engine, { project, name, partial, reading, body: file }),
  search: ({ engine }, input) => useCases.search(engine, input),
  vectors: ({ engine, actor }, input) => useCases.vectorsFromMetadata(engine, actor, input),
  setMetadata: ({ engine, actor }, input) => useCases.setMetadata(engine, actor, input),
  removeMetadata: ({ engine, actor }, input) => useCases.removeMetadata(engine, actor, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  remove: ({ engine, actor }, input) => useCases.remove(engine, actor, input),
  export: async ({ engine }, input) => {
    const prepared = await useCases.prepareExport(engine, input);
    if (!prepared.ok) return prepared;
    const { media, filename, write } = prepared.value;
    return ok(fileStream(media, filename, write()));
  },
  labelConfig: ({ engine }, input) => useCases.labelConfig(engine, input),
};
