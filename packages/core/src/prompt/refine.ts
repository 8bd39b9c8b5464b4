import type { PromptTemplate } from "../agent/agent.ts";
import type { LabelDefinition } from "../schema/schema.ts";
import { labelPart, replyPart } from "./default.ts";
import type { ReplyFormat } from "./reply.ts";
import { literally } from "./template.ts";

/**
 * The prompt of a second call, which maps a free reply onto the options. It is rendered with the first reply as the
 * text. The model is told to leave a label out rather than to choose for the writer.
 */
export function refinePrompt(
  labels: readonly LabelDefinition[],
  format: ReplyFormat,
): PromptTemplate {
  const system = [
    "Between <reply> and </reply> stands someone's answer to a labelling task. Say which of the options given for each " +
      "label the answer names. Do not label anything yourself: leave out a label that the answer does not decide.",
    ...labels.map(labelPart),
    replyPart(labels, format),
  ].join("\n\n");
  return { system: literally(system), user: "<reply>\n{{text}}\n</reply>", format };
}
