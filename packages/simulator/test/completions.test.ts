import { describe, expect, test } from "vitest";
import { failureOf, jsonOf, model, simulator } from "./client.ts";

const replies = [
  {
    match: "Fine",
    reply: " positive.",
    logprobs: [
      {
        token: " positive",
        logprob: -0.1,
        top: [
          { token: " positive", logprob: -0.1 },
          { token: " neutral", logprob: -2.5 },
          { token: " negative", logprob: -4 },
        ],
      },
      { token: ".", logprob: -0.5, top: [{ token: "!", logprob: -0.2 }] },
    ],
  },
  { match: "Long", reply: "word ".repeat(40) },
];

const prompt = "Which sentiment?\n\nuser:\nFine\n\nassistant:\n";

describe("/v1/completions", () => {
  test("gives the recorded answer with its probabilities in the old form", async () => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/completions", { model, prompt, max_tokens: 5, logprobs: 2 });
    expect(await jsonOf(response)).toEqual({
      id: expect.stringMatching(/^cmpl-/),
      object: "text_completion",
      created: expect.any(Number),
      model,
      choices: [
        {
          text: " positive.",
          index: 0,
          logprobs: {
            tokens: [" positive", "."],
            token_logprobs: [-0.1, -0.5],
            top_logprobs: [
              { " positive": -0.1, " neutral": -2.5 },
              { "!": -0.2, ".": -0.5 },
            ],
            text_offset: [prompt.length, prompt.length + 9],
          },
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 17, completion_tokens: 2, total_tokens: 19 },
    });
  });

  test("gives no probabilities unless they are asked for, and several answers if they are", async () => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/completions", { model, prompt, n: 2 });
    expect(await jsonOf(response)).toMatchObject({
      choices: [
        { index: 0, logprobs: null },
        { index: 1, logprobs: null },
      ],
    });
  });

  test("cuts at 16 tokens where the request says nothing, as this interface always did", async () => {
    const { postTo } = await simulator({ replies });
    const cut = await postTo("/completions", { model, prompt: "Long" });
    expect(await jsonOf(cut)).toMatchObject({
      choices: [{ text: "word ".repeat(13).slice(0, 64), finish_reason: "length" }],
      usage: { completion_tokens: 16 },
    });
    const whole = await postTo("/completions", { model, prompt: "Long", max_tokens: 100 });
    expect(await jsonOf(whole)).toMatchObject({ choices: [{ finish_reason: "stop" }] });
  });

  test.each([
    ["several prompts", { prompt: ["Fine", "Long"] }],
    ["more alternatives than there were", { logprobs: 6 }],
    ["streaming", { stream: true }],
  ])("refuses %s", async (_what, wrong) => {
    const { postTo } = await simulator({ replies });
    const response = await postTo("/completions", { model, prompt, ...wrong });
    expect(response.status).toBe(400);
    expect(await failureOf(response)).toMatchObject({ type: "invalid_request_error" });
  });
});
