import type { Job } from "@countersign/core";
import { count, money } from "./figures.ts";

/** What a job has used of its budget, a line a part; nothing for a job without one. */
export function describeBudget({
  settings: { budget = {} },
  progress,
}: Pick<Job, "settings" | "progress">): string[] {
  const { usd, tokens, records } = budget;
  const used = progress.inputTokens + progress.outputTokens;
  return [
    ...(usd === undefined ? [] : [`budget: ${money(progress.cost)} of ${money(usd)}`]),
    ...(tokens === undefined ? [] : [`budget: ${count(used)} of ${count(tokens)} tokens`]),
    ...(records === undefined
      ? []
      : [`budget: ${count(progress.total - progress.remaining)} of ${count(records)} records`]),
  ];
}
