import { interfaceOf, type ModelConfiguration, type ModelInterface } from "@countersign/core";
import type { JobReason } from "./call-failure.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a model is reached, as the server's environment has it at this moment. Holds no key, only its variable's name. */
export interface Connection {
  /** Base address, without a slash at its end. */
  readonly address: string;
  readonly model: string;
  /** The environment variable that holds the key; undefined where none is sent. */
  readonly keyVariable: string | undefined;
  /** Left out for chat. */
  readonly interface?: Exclude<ModelInterface, "chat">;
  /** The name under which the model is deployed, where that is not its own. */
  readonly deployment?: string;
  /** What the environment lacks, so that no call can be made. */
  readonly lacks?: { readonly reason: JobReason; readonly message: string };
}

export function connectionOf(model: ModelConfiguration, environment: Environment): Connection {
  const { address, addressVariable } = addressOf(model, environment);
  const keyVariable = keyVariableOf(model, environment);
  const called = interfaceOf(model);
  const lacks = lackOf(address, addressVariable, keyVariable, environment);
  const deployment = model.provider === "azure" ? model.deployment : undefined;
  return {
    address: address ?? nowhere,
    model: model.model,
    keyVariable,
    ...(called !== "chat" && { interface: called }),
    ...(deployment !== undefined && { deployment }),
    ...(lacks && { lacks }),
  };
}

/** Calls whose connections have the same name share one provider's limits, which hold per account and model. */
export const limitsName = ({ address, model, keyVariable, deployment }: Connection): string =>
  JSON.stringify([address, keyVariable ?? null, deployment ?? model]);

/** An address that never leads anywhere (RFC 2606), where none can be made out. */
const nowhere = "https://address.invalid";

interface Address {
  readonly address: string | undefined;
  /** The variable that it comes from, or would come from. */
  readonly addressVariable?: string;
}

function addressOf(model: ModelConfiguration, environment: Environment): Address {
  const from = (addressVariable: string, usual: string, version = ""): Address => ({
    address: read(environment[addressVariable] || usual, version),
    addressVariable,
  });
  switch (model.provider) {
    case "openai":
      return from("OPENAI_BASE_URL", "https://api.openai.com/v1");
    case "anthropic":
      return from("ANTHROPIC_BASE_URL", "https://api.anthropic.com", "/v1");
    case "google":
      return from("GOOGLE_GEMINI_BASE_URL", "https://generativelanguage.googleapis.com", "/v1beta");
    case "mistral":
      return from("MISTRAL_BASE_URL", "https://api.mistral.ai", "/v1");
    case "azure":
      return {
        address: read(
          (model.endpoint || environment.AZURE_OPENAI_ENDPOINT || "").replace(
            /\/openai(\/v1)?\/*$/,
            "",
          ),
          model.apiVersion === undefined ? "/openai/v1" : "/openai",
        ),
        addressVariable: "AZURE_OPENAI_ENDPOINT",
      };
    case "openai-compatible":
      return { address: read(model.baseUrl) };
  }
}

/** A web address that ends in the path of the API's version, whether it was given with it, as some are, or without. */
function read(given: string, version = ""): string | undefined {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) return undefined;
  const bare = given.replace(/\/+$/, "");
  return bare.endsWith(version) ? bare : bare + version;
}

/** The usual variables for a provider's key, the first that is set. */
const usualKeys = {
  openai: ["OPENAI_API_KEY"],
  azure: ["AZURE_API_KEY", "AZURE_OPENAI_API_KEY"],
  anthropic: ["ANTHROPIC_API_KEY"],
  google: ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY", "GOOGLE_API_KEY"],
  mistral: ["MISTRAL_API_KEY"],
  "openai-compatible": [],
} as const satisfies Record<ModelConfiguration["provider"], readonly string[]>;

function keyVariableOf(model: ModelConfiguration, environment: Environment): string | undefined {
  const usual: readonly string[] = usualKeys[model.provider];
  return model.keyVariable ?? usual.find((variable) => environment[variable]) ?? usual[0];
}

function lackOf(
  address: string | undefined,
  addressVariable: string | undefined,
  keyVariable: string | undefined,
  environment: Environment,
): Connection["lacks"] {
  if (address === undefined && addressVariable !== undefined)
    return {
      reason: "wrong-address",
      message: environment[addressVariable]
        ? `The environment variable ${addressVariable} on the server is not an http or https address.`
        : `The environment variable ${addressVariable} is not set on the server, and the agent names no endpoint.`,
    };
  if (keyVariable !== undefined && !environment[keyVariable])
    return {
      reason: "bad-key",
      message: `The environment variable ${keyVariable} is not set on the server.`,
    };
  return undefined;
}
