import type { Answer } from "../../replies/reply.ts";
import type { Given } from "../../simulation/model-call.ts";
import { tokenBody } from "../logprobs.ts";
import type { ResponseRequest } from "./request.ts";

/** Why a response is no whole one, by how its answer ended. */
const incompleteReasons: Readonly<Record<Answer["finishReason"], string | undefined>> = {
  stop: undefined,
  length: "max_output_tokens",
  content_filter: "content_filter",
};

/** The body of a 200: an OpenAI response with one message for each answer, of which there is one or none. */
export const responseBody =
  (request: ResponseRequest) =>
  ({ id, answers, usage, at }: Given): string => {
    const [reason] = answers.flatMap(({ finishReason }) => incompleteReasons[finishReason] ?? []);
    return JSON.stringify({
      id: `resp_${id}`,
      object: "response",
      created_at: Math.floor(at / 1000),
      status: reason === undefined ? "completed" : "incomplete",
      error: null,
      incomplete_details: reason === undefined ? null : { reason },
      instructions: request.instructions ?? null,
      max_output_tokens: request.max_output_tokens ?? null,
      metadata: request.metadata ?? {},
      model: request.model,
      output: answers.map((answer) => message(id, request, answer)),
      parallel_tool_calls: true,
      previous_response_id: null,
      temperature: request.temperature ?? 1,
      text: { format: request.text?.format ?? { type: "text" } },
      tool_choice: "auto",
      tools: [],
      top_logprobs: request.top_logprobs ?? 0,
      top_p: request.top_p ?? 1,
      truncation: "disabled",
      usage: {
        input_tokens: usage.inputTokens,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens: usage.outputTokens,
        output_tokens_details: { reasoning_tokens: 0 },
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    });
  };

const message = (id: string, request: ResponseRequest, answer: Answer) => ({
  id: `msg_${id}`,
  type: "message",
  status: answer.finishReason === "stop" ? "completed" : "incomplete",
  role: "assistant",
  content: [
    {
      type: "output_text",
      text: answer.reply,
      annotations: [],
      logprobs: request.include?.includes("message.output_text.logprobs")
        ? (answer.logprobs ?? []).map(tokenBody(request.top_logprobs ?? 0))
        : [],
    },
  ],
});
