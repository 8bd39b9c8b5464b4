import type {
  ConfidenceSource,
  ModelCapabilities,
  ModelConfiguration,
  ModelInterface,
  PromptTemplate,
  SchemaDocument,
} from "@countersign/core";
import type { NewAgent } from "@countersign/sdk";
import type { Provider } from "./providers.ts";

/** The system part in other words, under a number of its own. */
export interface Paraphrase {
  readonly id: number;
  readonly text: string;
}

/** `known`: as the built-in table has it. */
export type Known = "known" | "yes" | "no";

/** What is said of a model beyond the built-in table; empty fields are as that has them. */
export interface CapabilitiesDraft {
  readonly reasoning: Known;
  readonly seed: Known;
  readonly structuredOutput: Known;
  readonly images: Known;
  readonly temperature: Known;
  /** The highest, where it takes one. */
  readonly mostTemperature: number | "";
  readonly logprobs: Known;
  /** Most alternatives a token, where it gives any. */
  readonly mostLogprobs: number | "";
  readonly contextTokens: number | "";
  readonly outputTokens: number | "";
}

export const nothingSaid: CapabilitiesDraft = {
  reasoning: "known",
  seed: "known",
  structuredOutput: "known",
  images: "known",
  temperature: "known",
  mostTemperature: "",
  logprobs: "known",
  mostLogprobs: "",
  contextTokens: "",
  outputTokens: "",
};

/** An agent while it is written; fields as they stand in the form, empty ones included. */
export interface Draft {
  readonly name: string;
  readonly provider: Provider;
  readonly model: string;
  /** The address; for Azure the resource's, which the server's environment may hold instead. */
  readonly address: string;
  /** For Azure. */
  readonly deployment: string;
  /** For Azure: a dated version of its API. */
  readonly apiVersion: string;
  /** Of OpenAI, Azure and those compatible. */
  readonly interface: ModelInterface;
  /** What the user knows of the model better than the built-in table. */
  readonly capabilities: CapabilitiesDraft;
  readonly keyVariable: string;
  readonly temperature: number | "";
  readonly topP: number | "";
  readonly maxOutputTokens: number | "";
  readonly seed: number | "";
  readonly topLogprobs: number | "";
  readonly labels: readonly string[];
  readonly format: PromptTemplate["format"];
  /** undefined: as it is built from the schema. */
  readonly system: string | undefined;
  readonly user: string | undefined;
  readonly confidence: ConfidenceSource["by"];
  /** For self-consistency. */
  readonly samples: number | "";
  /** For paraphrase-consistency: system parts in other words. */
  readonly paraphrases: readonly Paraphrase[];
  /** Whether a reply that names no option is mapped by a second call. */
  readonly refine: boolean;
}

export const newDraft = (schema: SchemaDocument): Draft => ({
  name: "",
  provider: "openai",
  model: "",
  address: "",
  deployment: "",
  apiVersion: "",
  interface: "chat",
  capabilities: nothingSaid,
  keyVariable: "",
  temperature: 0,
  topP: "",
  maxOutputTokens: "",
  seed: "",
  topLogprobs: 5,
  labels: schema.labels.map(({ name }) => name),
  format: "line",
  system: undefined,
  user: undefined,
  confidence: "label-token-probability",
  samples: 5,
  paraphrases: [{ id: 1, text: "" }],
  refine: false,
});

/** The agent a draft stands for; what is empty is left to the server or the provider. */
export function agentOf(draft: Draft): NewAgent {
  return {
    ...(draft.name.trim() !== "" && { name: draft.name.trim() }),
    model: modelOf(draft),
    parameters: filled({
      temperature: draft.temperature,
      topP: draft.topP,
      maxOutputTokens: draft.maxOutputTokens,
      seed: draft.seed,
      topLogprobs: draft.topLogprobs,
    }),
    ...promptPart(draft),
  };
}

function modelOf({ provider, ...draft }: Draft): ModelConfiguration {
  const address = draft.address.trim();
  const deployment = draft.deployment.trim();
  const apiVersion = draft.apiVersion.trim();
  const keyVariable = draft.keyVariable.trim();
  const capabilities = capabilitiesOf(draft.capabilities);
  const shared = {
    model: draft.model.trim(),
    ...(keyVariable !== "" && { keyVariable }),
    ...(Object.keys(capabilities).length > 0 && { capabilities }),
  };
  const called = draft.interface !== "chat" && { interface: draft.interface };
  switch (provider) {
    case "openai":
      return { provider, ...shared, ...called };
    case "azure":
      return {
        provider,
        ...shared,
        ...called,
        ...(address !== "" && { endpoint: address }),
        ...(deployment !== "" && { deployment }),
        ...(apiVersion !== "" && { apiVersion }),
      };
    case "openai-compatible":
      return {
        provider,
        ...shared,
        // It has no Responses API.
        ...(draft.interface === "completions" && { interface: draft.interface }),
        baseUrl: address,
      };
    default:
      return { provider, ...shared };
  }
}

function capabilitiesOf(said: CapabilitiesDraft): ModelCapabilities {
  const { reasoning, seed, structuredOutput, images, temperature, logprobs } = said;
  return {
    ...(reasoning !== "known" && { reasoning: reasoning === "yes" }),
    ...(seed !== "known" && { seed: seed === "yes" }),
    ...(structuredOutput !== "known" && { structuredOutput: structuredOutput === "yes" }),
    ...(images !== "known" && { images: images === "yes" }),
    ...(temperature === "no" && { temperature: false as const }),
    ...(temperature === "yes" && {
      temperature: said.mostTemperature === "" ? 2 : said.mostTemperature,
    }),
    ...(logprobs === "no" && { logprobs: false as const }),
    ...(logprobs === "yes" && { logprobs: said.mostLogprobs === "" ? 20 : said.mostLogprobs }),
    ...filled({ contextTokens: said.contextTokens, outputTokens: said.outputTokens }),
  };
}

/** What is looked at beside the form: the agent as it stands, or its prompt alone before a model is named. */
export function previewed(draft: Draft): NewAgent {
  const hasAddress = draft.provider !== "openai-compatible" || URL.canParse(draft.address.trim());
  return draft.model.trim() !== "" && hasAddress ? agentOf(draft) : promptOnly(draft);
}

/** What decides the prompt and nothing else, so that it can be looked at before a model is chosen. */
export const promptOnly = (draft: Draft): NewAgent => ({
  model: { provider: "openai", model: "any" },
  ...promptPart(draft),
});

const promptPart = ({ format, system, user, labels, ...draft }: Draft) => ({
  prompt: {
    format,
    ...(system !== undefined && { system }),
    ...(user !== undefined && { user }),
  },
  labels: [...labels],
  ...confidencePart(draft),
  ...(draft.refine && { refine: true as const }),
});

function confidencePart({
  confidence,
  samples,
  paraphrases,
}: Pick<Draft, "confidence" | "samples" | "paraphrases">): Pick<NewAgent, "confidence"> {
  switch (confidence) {
    case "label-token-probability":
      return {};
    case "self-consistency":
      return { confidence: { by: confidence, samples: samples === "" ? 5 : samples } };
    case "paraphrase-consistency": {
      const written = paraphrases.map(({ text }) => text).filter((text) => text.trim() !== "");
      return written.length === 0
        ? {}
        : { confidence: { by: confidence, prompts: written.map((system) => ({ system })) } };
    }
    case "verbalised":
      return { confidence: { by: confidence } };
  }
}

const filled = <Name extends string>(
  fields: Readonly<Record<Name, number | "">>,
): Partial<Record<Name, number>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== "")) as Partial<
    Record<Name, number>
  >;
