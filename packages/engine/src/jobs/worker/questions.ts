import { type Prompt, renderPrompt } from "@countersign/core";
import { replyKey } from "../../llm/reply-key.ts";
import type { Assignment } from "./assignment.ts";
import type { WaitingItem } from "./shards.ts";

/** What is asked for one item, and the key of its reply. */
export interface ItemQuestion {
  readonly position: number;
  readonly recordId: number;
  readonly prompt: Prompt;
  readonly key: Buffer;
  /** The key in hexadecimal, to look it up by. */
  readonly name: string;
}

/** The question that a job's agent asks of an item's record. */
export function questionOf(
  assignment: Pick<Assignment, "agent" | "connection" | "template" | "structure">,
  item: WaitingItem,
): ItemQuestion {
  const { agent, connection, template, structure } = assignment;
  const prompt = renderPrompt(template, { text: item.content, columns: item.source });
  const key = replyKey({
    provider: agent.model.provider,
    connection,
    parameters: agent.parameters,
    prompt,
    structure,
    sample: 0,
  });
  const { position, recordId } = item;
  return { position, recordId, prompt, key, name: key.toString("hex") };
}
