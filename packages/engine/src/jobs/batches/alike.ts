import type { ChatRequest } from "../../llm/chat-model.ts";
import type { Assignment } from "../worker/assignment.ts";

/** A request like any of the job's: same model, parameters and hold on the reply. It is never sent. */
export const alikeOf = ({
  agent,
  structure,
}: Pick<Assignment, "agent" | "structure">): Omit<ChatRequest, "timeoutMs"> => ({
  prompt: { user: "?" },
  parameters: agent.parameters,
  ...(structure && { structure }),
});
