import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { exports as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

export const exports: Handlers<typeof api.exports> = {
  create: ({ engine, actor }, input) => useCases.create(engine, actor, input),
  list: ({ engine }, input) => useCases.list(engine, input),
  get: ({ engine }, input) => useCases.get(engine, input),
  cancel: ({ engine, actor }, input) => useCases.cancel(engine, actor, input),
  remove: ({ engine }, input) => useCases.remove(engine, input),
  file: async ({ engine }, input) => {
    const file = await useCases.file(engine, input);
    if (!file.ok) return file;
    const { media, filename, content } = file.value;
    return ok(fileStream(media, filename, content));
  },
};
