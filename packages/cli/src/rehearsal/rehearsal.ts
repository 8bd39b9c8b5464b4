import type { JobSettings, ModelConfiguration } from "@countersign/core";
import { rehearsals } from "@countersign/engine";
import { type Behaviour, RehearsedProvider } from "@countersign/simulator";
import type { z } from "zod";
import type { SizedItem } from "./items.ts";
import { actOf } from "./provider.ts";

export interface JobRehearsal {
  readonly items: AsyncIterable<SizedItem>;
  readonly behaviour: z.input<typeof Behaviour>;
  readonly settings: JobSettings;
  readonly model?: ModelConfiguration | undefined;
  readonly maxOutputTokens?: number | undefined;
  readonly seed: number;
}

/** Shares of what the limits allowed while there was something to ask; null where there is no such limit. */
export interface UsedShares {
  readonly requests: number | null;
  readonly tokens: number | null;
}

export interface RehearsedJob extends rehearsals.Rehearsal {
  readonly used: UsedShares;
}

/** How a job would go at a simulated provider's limits, in simulated time, without a network. */
export async function rehearseJob(job: JobRehearsal): Promise<RehearsedJob> {
  const { items, behaviour, settings, model, maxOutputTokens, seed } = job;
  const dialect = model?.provider === "anthropic" ? "anthropic" : "openai";
  const provider = new RehearsedProvider({ ...behaviour, seed }, dialect, 0);
  let used: UsedShares = { requests: null, tokens: null };
  const rehearsal = await rehearsals.rehearse<SizedItem>({
    items,
    settings,
    model,
    seed,
    act: ({ inputTokens, outputTokens }, position, now) =>
      actOf(
        provider.call(
          { prompt: promptOf(position), inputTokens, outputTokens, maxOutputTokens },
          now,
        ),
      ),
    onEnded: (position) => provider.forget(promptOf(position)),
    onAllAsked: (now) => {
      for (const { kind, taken, offered } of provider.uses(now))
        used = { ...used, [kind]: taken / offered };
    },
  });
  return { ...rehearsal, used };
}

const promptOf = (position: number): string => `item ${position}`;
