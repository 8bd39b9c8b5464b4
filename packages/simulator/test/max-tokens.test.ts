import { expect, test } from "vitest";
import { model, simulator } from "./client.ts";

const replies = [
  {
    match: "It broke after a day",
    reply: "negative, though the customer is polite about it",
    logprobs: ["neg", "ative", ",", " though the customer is polite about it"].map((token) => ({
      token,
      logprob: -0.25,
    })),
  },
  { match: "It works", reply: "positive, and the customer says so in so many words" },
];

test.each(["max_tokens", "max_completion_tokens"])("%s cuts the answer", async (bound) => {
  const { completion } = await simulator({ replies });
  expect(await completion("It broke after a day", { logprobs: true, [bound]: 2 })).toMatchObject({
    choices: [
      {
        message: { content: "negative" },
        finish_reason: "length",
        logprobs: { content: [{ token: "neg" }, { token: "ative" }] },
      },
    ],
    usage: { completion_tokens: 2 },
  });
});

test("every one of several answers is cut, and one that is short enough stays whole", async () => {
  const { completion, log } = await simulator({ replies });
  const cut = await completion("It works", { max_tokens: 2, n: 2 });
  expect(cut.choices.map((choice) => choice.message.content)).toEqual(["positive", "positive"]);
  expect(cut.usage.completion_tokens).toBe(4);
  expect((await completion("It works", { max_tokens: 13 })).choices[0]?.finish_reason).toBe("stop");
  expect(log.map((call) => call.outputTokens)).toEqual([4, 13]);
});

test("a refusal and a wrong label are cut like any other answer", async () => {
  const { postTo } = await simulator({ replies, faults: [{ fault: "refusal" }] });
  const messages = [{ role: "user", content: "It works" }];
  const response = await postTo("/chat/completions", { model, messages, max_tokens: 1 });
  expect(await response.json()).toMatchObject({
    choices: [{ message: { content: "I'm " }, finish_reason: "length" }],
  });
});
