import type { api } from "@countersign/contract";
import { labels as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";

export const labels: Handlers<typeof api.labels> = {
  reply: ({ engine }, input) => useCases.reply(engine, input),
};
