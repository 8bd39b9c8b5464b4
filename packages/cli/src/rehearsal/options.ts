import type { Budget, JobSettings, ModelConfiguration } from "@countersign/core";
import { JobSettings as JobSettingsDocument } from "@countersign/core";
import { modelOf } from "../model.ts";
import { UsageError } from "../usage.ts";

/** A job's settings, as `simulate --rehearse` takes them. */
export interface JobOptions {
  readonly concurrency?: number | undefined;
  readonly maxAttempts?: number | undefined;
  readonly timeout?: number | undefined;
  readonly ownRequestsPerMinute?: number | undefined;
  readonly ownTokensPerMinute?: number | undefined;
  readonly budgetUsd?: number | undefined;
  readonly budgetTokens?: number | undefined;
  readonly budgetRecords?: number | undefined;
}

const names: Readonly<Record<string, string>> = {
  concurrency: "--concurrency",
  maxAttempts: "--max-attempts",
  timeoutSeconds: "--timeout",
};

/** The settings a job would have; what no job may have is wrong usage. */
export function settingsOf(options: JobOptions): JobSettings {
  const budget: Budget = {
    ...(options.budgetUsd !== undefined && { usd: options.budgetUsd }),
    ...(options.budgetTokens !== undefined && { tokens: options.budgetTokens }),
    ...(options.budgetRecords !== undefined && { records: options.budgetRecords }),
  };
  const settings = JobSettingsDocument.safeParse({
    concurrency: options.concurrency,
    maxAttempts: options.maxAttempts,
    timeoutSeconds: options.timeout,
    requestsPerMinute: options.ownRequestsPerMinute,
    tokensPerMinute: options.ownTokensPerMinute,
    ...(Object.keys(budget).length > 0 && { budget }),
  });
  if (settings.success) return settings.data;
  throw new UsageError(
    settings.error.issues
      .map(({ path, message }) => `${names[String(path[0])] ?? path.join(".")}: ${message}`)
      .join("; "),
  );
}

/** The model whose price and form a rehearsal takes; undefined where none is named. */
export function rehearsedModel(options: {
  readonly model?: string | undefined;
  readonly provider?: ModelConfiguration["provider"] | undefined;
  readonly baseUrl?: string | undefined;
}): ModelConfiguration | undefined {
  const { model, provider, baseUrl } = options;
  if (model !== undefined) return modelOf({ model, provider, baseUrl });
  if (provider !== undefined || baseUrl !== undefined)
    throw new UsageError("--provider and --base-url go with --model.");
  return undefined;
}
