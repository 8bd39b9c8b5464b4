import {
  type AgentContent,
  type ParsedTemplate,
  type PromptParts,
  type PromptTemplate,
  parseTemplate,
} from "@countersign/core";

/** An agent's templates, taken apart. */
export interface Templates {
  /** One a sample; the same template several times where the samples differ by number only. */
  readonly samples: readonly ParsedTemplate[];
  /** Of the second call for a reply that names no option. */
  readonly refine: ParsedTemplate | undefined;
}

export const templatesOf = (agent: AgentContent): Templates => ({
  samples: sampleTemplates(agent),
  refine: agent.refine && parseTemplate({ ...agent.refine, format: agent.prompt.format }),
});

function sampleTemplates({ prompt, confidence }: AgentContent): ParsedTemplate[] {
  const own = parseTemplate(prompt);
  if (confidence?.by === "self-consistency")
    return Array.from({ length: confidence.samples }, () => own);
  if (confidence?.by === "paraphrase-consistency")
    return [own, ...confidence.prompts.map((parts) => parseTemplate(paraphrase(prompt, parts)))];
  return [own];
}

/** The same task in other words: another system and user part, with the prompt's own examples and form of the reply. */
export const paraphrase = (
  { format, examples }: PromptTemplate,
  parts: PromptParts,
): PromptTemplate => ({ ...parts, format, ...(examples && { examples }) });
