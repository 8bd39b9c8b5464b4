import { expect, test } from "vitest";
import { readMessagesRequest } from "../anthropic/messages/request.ts";
import { readChatRequest } from "../openai/chat/request.ts";
import { Behaviour } from "../options.ts";
import { Replies } from "../replies/replies.ts";
import type { ModelCall, ReadCall } from "./model-call.ts";
import { Simulation } from "./simulation.ts";

const replies = await Replies.load(
  Array.from({ length: 50 }, (_, i) => ({ match: `Message ${i}.`, reply: `answer ${i}` })),
);

const behaviour = Behaviour.parse({
  latency: { medianMs: 400, spread: 0.5 },
  limits: { requestsPerMinute: 600, burstSeconds: 1 },
  faults: [{ fault: "500", share: 0.3 }],
});

function called(read: ReadCall, i: number): ModelCall {
  const request = read({
    model: "simulated-small",
    max_tokens: 20,
    messages: [{ role: "user", content: `Message ${i}.` }],
  });
  if ("error" in request) throw new Error(request.error.body);
  return request.call;
}

/** A thousand calls in simulated time, 40 ms apart, at one endpoint. */
function rehearsed(read: ReadCall) {
  const simulation = new Simulation(replies, behaviour, 0);
  return Array.from({ length: 1000 }, (_, i) => simulation.call(called(read, i % 50), i * 40));
}

test("the same calls at the same simulated times are decided alike, in no time at all", () => {
  const first = rehearsed(readChatRequest);
  expect(rehearsed(readChatRequest)).toEqual(first);
  const outcomes = Map.groupBy(first, (decision) => decision.outcome);
  expect([...outcomes.keys()].sort()).toEqual(["500", "answered", "rate-limited"]);
  expect(outcomes.get("rate-limited")?.length).toBe(1000 - 10 - 399);
});

test("the limits are one account's, whichever endpoint is called", () => {
  const simulation = new Simulation(replies, behaviour, 0);
  for (let i = 0; i < 10; i += 1)
    simulation.call(called(i % 2 ? readChatRequest : readMessagesRequest, i), 0);
  expect(simulation.call(called(readChatRequest, 10), 0).outcome).toBe("rate-limited");
  const { outcome, headers, delivery } = simulation.call(called(readMessagesRequest, 11), 0);
  expect(outcome).toBe("rate-limited");
  expect(headers).toMatchObject({ "anthropic-ratelimit-requests-remaining": "0" });
  expect(delivery).toMatchObject({ status: 429 });
});
