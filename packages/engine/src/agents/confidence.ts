import {
  type AgentContent,
  type ConfidenceSource,
  checkTemplate,
  err,
  type LabelDefinition,
  ok,
  type Problem,
  type PromptParts,
  type PromptTemplate,
  type Result,
  refinePrompt,
} from "@countersign/core";
import { paraphrase } from "./templates.ts";

/** A prompt's parts as they are given; what is left out is taken from elsewhere. */
export type GivenParts = { readonly [Part in keyof PromptParts]?: PromptParts[Part] | undefined };

/** How a new agent's confidence is to be come by; a paraphrase's parts that are left out are the prompt's own. */
export type NewConfidence =
  | Exclude<ConfidenceSource, { by: "paraphrase-consistency" }>
  | { readonly by: "paraphrase-consistency"; readonly prompts: readonly GivenParts[] };

/** An agent's confidence, complete; undefined for the usual one, so that naming it makes no other agent. */
export function composeConfidence(
  given: NewConfidence | undefined,
  prompt: PromptTemplate,
  columns: readonly string[],
): Result<ConfidenceSource | undefined, Problem<"agent-invalid">> {
  if (given === undefined || given.by === "label-token-probability") return ok(undefined);
  if (given.by !== "paraphrase-consistency") return ok(given);
  const prompts: PromptParts[] = [];
  for (const [index, parts] of given.prompts.entries()) {
    const whole = partsOf(parts, prompt);
    const checked = checkTemplate(paraphrase(prompt, whole), columns);
    if (!checked.ok) return err(named(`Paraphrase ${index + 1}`, checked.error));
    prompts.push(whole);
  }
  const all = [partsOf({}, prompt), ...prompts].map((parts) => JSON.stringify(parts));
  if (new Set(all).size < all.length)
    return err({
      type: "agent-invalid",
      what: "Two of the paraphrases are the same, or one is the prompt itself, so they would agree by themselves.",
      kept: "No agent was made.",
      next: "Say the task in other words in each.",
    });
  return ok({ by: given.by, prompts });
}

/** The prompt of the second call, complete; undefined where none is asked for. */
export function composeRefine(
  given: true | GivenParts | undefined,
  labels: readonly LabelDefinition[],
  { format }: PromptTemplate,
  columns: readonly string[],
): Result<PromptParts | undefined, Problem<"agent-invalid">> {
  if (given === undefined) return ok(undefined);
  const built = refinePrompt(labels, format);
  const refine = partsOf(given === true ? {} : given, built);
  const checked = checkTemplate({ ...refine, format }, columns);
  return checked.ok ? ok(refine) : err(named("The prompt of the second call", checked.error));
}

/** What a user should know of how the confidence is come by, a sentence each. */
export function confidenceNotes(
  { confidence, parameters, prompt }: Pick<AgentContent, "confidence" | "parameters" | "prompt">,
  isPromptBuilt: boolean,
): string[] {
  switch (confidence?.by) {
    case "self-consistency":
      return [
        `Each record is asked about ${confidence.samples} times, and paid for as often.`,
        ...(parameters.temperature === 0
          ? ["With temperature 0 the replies hardly differ, so that their agreement says little."]
          : []),
      ];
    case "paraphrase-consistency":
      return [
        `Each record is asked about ${confidence.prompts.length + 1} times, and paid for as often.`,
      ];
    case "verbalised":
      return [
        "What models say of their own sureness is often little better than chance; measure it before you go by it.",
        ...(isPromptBuilt
          ? []
          : [
              "The system part is your own: it has to ask how sure the model is, as the built one does.",
            ]),
        ...(prompt.examples
          ? ["The examples' replies say no confidence, and a model may do as they do."]
          : []),
      ];
    default:
      return [];
  }
}

function partsOf(given: GivenParts, usual: PromptParts): PromptParts {
  const system = given.system ?? usual.system;
  return { user: given.user ?? usual.user, ...(system && { system }) };
}

const named = (name: string, problem: Problem<"agent-invalid">): Problem<"agent-invalid"> => ({
  ...problem,
  what: `${name}: ${problem.what}`,
});
