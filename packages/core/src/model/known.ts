import type { ModelCapabilities } from "./capabilities.ts";
import { interfaceOf, type ModelConfiguration } from "./configuration.ts";

/** What holds for every model whose name a pattern fits; of several that fit, the later says more. */
interface Known {
  readonly name: RegExp;
  readonly is: ModelCapabilities;
}

const gpt = { reasoning: false, temperature: 2, seed: true, logprobs: 20 } as const;
const openaiReasoning = { reasoning: true, temperature: false, logprobs: false } as const;

/** OpenAI's model pages, https://platform.openai.com/docs/models; Azure deploys the same models. */
const openai: readonly Known[] = [
  {
    name: /^gpt-3\.5/,
    is: {
      ...gpt,
      structuredOutput: false,
      images: false,
      contextTokens: 16_385,
      outputTokens: 4096,
    },
  },
  { name: /^gpt-3\.5-turbo-instruct/, is: { seed: true, contextTokens: 4096 } },
  {
    name: /^gpt-4(-0\d{3})?$/,
    is: { ...gpt, structuredOutput: false, images: false, contextTokens: 8192, outputTokens: 8192 },
  },
  {
    name: /^gpt-4-turbo/,
    is: {
      ...gpt,
      structuredOutput: false,
      images: true,
      contextTokens: 128_000,
      outputTokens: 4096,
    },
  },
  {
    name: /^gpt-4o/,
    is: {
      ...gpt,
      structuredOutput: true,
      images: true,
      contextTokens: 128_000,
      outputTokens: 16_384,
    },
  },
  { name: /^gpt-4o(-mini)?-search/, is: { temperature: false, seed: false, logprobs: false } },
  {
    name: /^gpt-4\.1/,
    is: {
      ...gpt,
      structuredOutput: true,
      images: true,
      contextTokens: 1_047_576,
      outputTokens: 32_768,
    },
  },
  {
    name: /^o\d/,
    is: {
      ...openaiReasoning,
      structuredOutput: true,
      images: true,
      contextTokens: 200_000,
      outputTokens: 100_000,
    },
  },
  { name: /^o[13]-mini/, is: { images: false } },
  { name: /^gpt-[5-9]/, is: { ...openaiReasoning, structuredOutput: true, images: true } },
  { name: /^gpt-5(?!\.[4-9])/, is: { contextTokens: 400_000, outputTokens: 128_000 } },
  {
    name: /^gpt-5-chat/,
    is: {
      reasoning: false,
      temperature: 2,
      structuredOutput: false,
      contextTokens: 128_000,
      outputTokens: 16_384,
    },
  },
];

/** Anthropic's model overview, https://docs.anthropic.com/en/docs/about-claude/models. */
const anthropic: readonly Known[] = [
  { name: /./, is: { temperature: 1, seed: false, logprobs: false } },
  { name: /^claude-/, is: { images: true, contextTokens: 200_000 } },
  { name: /^claude-3-haiku/, is: { structuredOutput: false, outputTokens: 4096 } },
  { name: /^claude-(sonnet|opus)-4(-0|-\d{8})?$/, is: { structuredOutput: false } },
  { name: /^claude-sonnet-4/, is: { outputTokens: 64_000 } },
  { name: /^claude-opus-4/, is: { outputTokens: 32_000 } },
  {
    name: /^claude-(opus-4-1|(opus|sonnet|haiku)-4-[5-9]|\w+-[5-9])/,
    is: { structuredOutput: true },
  },
  { name: /^claude-(opus|haiku)-4-5/, is: { outputTokens: 64_000 } },
  { name: /^claude-((opus|sonnet)-4-[6-9]|\w+-[5-9])/, is: { outputTokens: 128_000 } },
  { name: /^claude-(opus-4-[78]|\w+-[5-9])/, is: { temperature: false } },
];

/** Google's model pages, https://ai.google.dev/gemini-api/docs/models; probabilities are given for few models there. */
const google: readonly Known[] = [
  { name: /./, is: { temperature: 2, seed: true, logprobs: false } },
  { name: /^gemini-/, is: { structuredOutput: true, images: true } },
  { name: /^gemini-2\.0/, is: { contextTokens: 1_048_576, outputTokens: 8192 } },
  {
    name: /^gemini-(2\.5|3)/,
    is: { reasoning: true, contextTokens: 1_048_576, outputTokens: 65_536 },
  },
  { name: /^gemini-2\.5-flash-lite/, is: { reasoning: false } },
];

/** Mistral's API, https://docs.mistral.ai/api: the same parameters for all its models. */
const mistral: readonly Known[] = [
  { name: /./, is: { temperature: 1.5, seed: true, logprobs: false, structuredOutput: true } },
  { name: /^mistral-(medium|small)/, is: { images: true, contextTokens: 131_072 } },
  { name: /^magistral/, is: { reasoning: true } },
];

const tables: Readonly<Record<ModelConfiguration["provider"], readonly Known[]>> = {
  openai,
  azure: openai,
  anthropic,
  google,
  mistral,
  // A model of a known name on an unknown server may be anything.
  "openai-compatible": [],
};

/** What an interface leaves of a model's capabilities. */
const interfaces = {
  chat: {},
  responses: { seed: false },
  completions: { logprobs: 5, structuredOutput: false, images: false },
} as const;

/** What is known of a model: the built-in table's word, what the interface leaves of it, and above both the user's own. */
export function capabilitiesOf(configuration: ModelConfiguration): ModelCapabilities {
  const known: ModelCapabilities = {};
  for (const { name, is } of tables[configuration.provider])
    if (name.test(configuration.model)) Object.assign(known, is);
  return { ...known, ...interfaces[interfaceOf(configuration)], ...configuration.capabilities };
}

/** The capabilities that decide what a user may ask for, in words. */
const words: Readonly<Record<Exclude<keyof ModelCapabilities, "reasoning">, string>> = {
  temperature: "which temperatures it takes",
  seed: "whether it takes a seed",
  logprobs: "whether it gives probabilities",
  structuredOutput: "whether it can be held to a JSON Schema",
  images: "whether it takes images",
  contextTokens: "how long prompt and reply may be",
  outputTokens: "how long a reply may be",
};

/** What is not known of a model, in words; empty where all is. */
export const unknownOf = (capabilities: ModelCapabilities): string[] =>
  Object.entries(words).flatMap(([name, word]) => (name in capabilities ? [] : [word]));
