import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { imports as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

const media = { csv: "text/csv", jsonl: "application/x-ndjson" } as const;

export const imports: Handlers<typeof api.imports> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  fetch: ({ engine, actor }, input) => useCases.fetchFile(engine, actor, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  part: ({ engine, file }, input) => useCases.receive(engine, { ...input, body: file }),
  preview: ({ engine }, { project, import: id, ...reading }) =>
    useCases.preview(engine, { project, import: id, reading }),
  commit: ({ engine, actor }, { project, import: id, mapping, ...asked }) => {
    const { duplicates, sameTexts, badRows, dryRun, ...reading } = asked;
    const rules = { duplicates, sameTexts, badRows, dryRun };
    return useCases.commit(engine, actor, { project, import: id, mapping, reading, rules });
  },
  rejections: async ({ engine }, input) => {
    const rows = await useCases.rejections(engine, input);
    if (!rows.ok) return rows;
    const { format } = input;
    return ok(fileStream(media[format], `import-${input.import}-rejected.${format}`, rows.value));
  },
  remove: ({ engine }, input) => useCases.remove(engine, input),
};
