import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import type { Handlers } from "./endpoint.ts";

/** Health is answered before the gate and has no handler. */
export const server: Handlers<Omit<typeof api.server, "health">> = {
  whoami: async ({ actor }) => ok({ actor: actor.name, how: actor.how }),
};
