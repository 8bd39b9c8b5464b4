import { ModelCapabilities, type ModelConfiguration, type ModelInterface } from "@countersign/core";
import { InvalidArgumentError } from "commander";
import { UsageError } from "./usage.ts";

export const providers = [
  "openai",
  "azure",
  "anthropic",
  "google",
  "mistral",
  "openai-compatible",
] as const satisfies readonly ModelConfiguration["provider"][];

export const interfaces = [
  "chat",
  "responses",
  "completions",
] as const satisfies readonly ModelInterface[];

/** How the command line names a model and whose it is. */
export interface ModelOptions {
  readonly model: string;
  readonly provider?: ModelConfiguration["provider"] | undefined;
  readonly interface?: ModelInterface | undefined;
  readonly baseUrl?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly deployment?: string | undefined;
  readonly apiVersion?: string | undefined;
  readonly keyVariable?: string | undefined;
  readonly capabilities?: ModelCapabilities | undefined;
}

/** Reads what a user knows of a model better than the built-in table. */
export function capabilitiesIn(text: string): ModelCapabilities {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new InvalidArgumentError("It is no JSON.");
  }
  const read = ModelCapabilities.safeParse(document);
  if (read.success) return read.data;
  throw new InvalidArgumentError(
    `It holds no capabilities of a model, which look like {"temperature": false, "logprobs": 5}.`,
  );
}

/** The model that the options name; an option that goes with another provider is wrong usage. */
export function modelOf(options: ModelOptions): ModelConfiguration {
  const { model, baseUrl, endpoint, deployment, apiVersion, keyVariable } = options;
  const provider = options.provider ?? (baseUrl === undefined ? "openai" : "openai-compatible");
  refuseStray(provider, options);
  const shared = {
    model,
    ...(keyVariable !== undefined && { keyVariable }),
    ...(options.capabilities && { capabilities: options.capabilities }),
  };
  const called = options.interface !== undefined && { interface: options.interface };
  switch (provider) {
    case "openai":
      return { provider, ...shared, ...called };
    case "azure":
      return {
        provider,
        ...shared,
        ...called,
        ...(endpoint !== undefined && { endpoint }),
        ...(deployment !== undefined && { deployment }),
        ...(apiVersion !== undefined && { apiVersion }),
      };
    case "anthropic":
    case "google":
    case "mistral":
      return { provider, ...shared };
    case "openai-compatible": {
      if (baseUrl === undefined)
        throw new UsageError("--provider openai-compatible needs --base-url.");
      if (options.interface === "responses")
        throw new UsageError("--interface responses goes with openai and azure.");
      return {
        provider,
        ...shared,
        baseUrl,
        ...(options.interface !== undefined && { interface: options.interface }),
      };
    }
  }
}

/** The server's variable that stands for an address where none can be given on the command line. */
const addressVariables = {
  openai: "OPENAI_BASE_URL",
  azure: "AZURE_OPENAI_ENDPOINT",
  anthropic: "ANTHROPIC_BASE_URL",
  google: "GOOGLE_GEMINI_BASE_URL",
  mistral: "MISTRAL_BASE_URL",
} as const;

function refuseStray(provider: ModelConfiguration["provider"], options: ModelOptions): void {
  if (provider !== "openai-compatible" && options.baseUrl !== undefined)
    throw new UsageError(
      `--base-url goes with --provider openai-compatible; ${provider} reads ${addressVariables[provider]}.`,
    );
  for (const [option, value] of [
    ["--endpoint", options.endpoint],
    ["--deployment", options.deployment],
    ["--api-version", options.apiVersion],
  ])
    if (provider !== "azure" && value !== undefined)
      throw new UsageError(`${option} goes with --provider azure.`);
  const several = ["openai", "azure", "openai-compatible"].includes(provider);
  if (!several && options.interface !== undefined)
    throw new UsageError(`--interface goes with openai, azure and openai-compatible.`);
}
