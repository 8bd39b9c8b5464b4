import {
  type AgentContent,
  type ModelParameters,
  type Prompt,
  type PromptInput,
  type ReplyStructure,
  renderPrompt,
} from "@countersign/core";
import type { Templates } from "../../agents/index.ts";
import type { Connection } from "../../llm/connection.ts";
import { replyKey } from "../../llm/reply-key.ts";
import type { WaitingItem } from "./shards.ts";

/** One thing that is asked of a model, and the key of its reply. */
export interface Question {
  readonly prompt: Prompt;
  readonly parameters: ModelParameters;
  readonly key: Buffer;
  /** The key in hexadecimal, to look it up by. */
  readonly name: string;
}

/** What is asked for one item: one question a sample, in their order. */
export interface ItemQuestions {
  readonly position: number;
  readonly recordId: number;
  readonly input: PromptInput;
  readonly samples: readonly Question[];
}

/** What the questions of a job have in common. */
export interface Questioning {
  readonly agent: AgentContent;
  readonly connection: Connection;
  readonly templates: Templates;
  readonly structure: ReplyStructure | undefined;
  /** Set where no reply may serve twice: the job, whose items then each ask for themselves. */
  readonly asksAnew?: number | undefined;
}

/** The questions that a job's agent asks of an item's record. */
export function questionsOf(questioning: Questioning, item: WaitingItem): ItemQuestions {
  const { agent, templates } = questioning;
  const { position, recordId, content, source } = item;
  const input = { text: content, columns: source };
  const isRepeated = agent.confidence?.by === "self-consistency";
  const samples = templates.samples.map((template, index) =>
    asked(questioning, position, renderPrompt(template, input), isRepeated ? index : 0),
  );
  return { position, recordId, input, samples };
}

/** The question that maps a reply onto the options; undefined where the agent asks none. */
export function refiningQuestion(
  questioning: Questioning,
  { position, input }: ItemQuestions,
  reply: string,
): Question | undefined {
  const { refine } = questioning.templates;
  return refine && asked(questioning, position, renderPrompt(refine, { ...input, text: reply }), 0);
}

function asked(
  { agent, connection, structure, asksAnew }: Questioning,
  position: number,
  prompt: Prompt,
  sample: number,
): Question {
  const { seed } = agent.parameters;
  // With one and the same seed every sample would be the first again.
  const parameters =
    seed === undefined || sample === 0
      ? agent.parameters
      : { ...agent.parameters, seed: seed + sample };
  const key = replyKey({
    provider: agent.model.provider,
    connection,
    parameters,
    prompt,
    structure,
    sample,
    ...(asksAnew !== undefined && { asker: [asksAnew, position] }),
  });
  return { prompt, parameters, key, name: key.toString("hex") };
}
