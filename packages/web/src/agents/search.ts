import { Condition } from "@countersign/core";
import { z } from "zod";
import { type Provider, providers } from "./providers.ts";

const name = z.coerce.string().min(1).optional().catch(undefined);

/** The agents page's whole state as the address holds it. */
export const AgentsSearch = z.object({
  panel: z
    .enum(["new"])
    .optional()
    .catch(undefined)
    .meta({ description: "What stands in the list's place" }),
  show: name.meta({ description: "Id of the agent that is unfolded" }),
  run: name.meta({ description: "Id of the agent that a job is being set up for" }),
  provider: z
    .enum(Object.keys(providers) as [Provider, ...Provider[]])
    .optional()
    .catch(undefined)
    .meta({ description: "Only agents of this provider" }),
  model: name.meta({ description: "Only agents of this model" }),
  creator: name.meta({ description: "Only agents made by this person" }),
  where: Condition.optional()
    .catch(undefined)
    .meta({ description: "The records that are to be labelled; all if left out" }),
});
export type AgentsSearch = z.infer<typeof AgentsSearch>;
