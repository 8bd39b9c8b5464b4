import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  defaultPrompt,
  optionsOf,
  parseTemplate,
  renderPrompt,
  SchemaDocument,
} from "@countersign/core";
import { Reply, startSimulator } from "@countersign/simulator";
import { parse } from "csv-parse/sync";
import { describe, expect, it, onTestFinished } from "vitest";
import { demoReplies } from "../scripts/demo/replies.ts";

interface Message {
  readonly id: string;
  readonly channel: string;
  readonly received: string;
  readonly message: string;
  readonly sentiment: string;
}

const folder = join(import.meta.dirname, "../packages/cli/src/demo");
const file = (name: string) => readFile(join(folder, name), "utf8");

const messages = parse<Message>(await file("customer-messages.csv"), { columns: true });
const schema = SchemaDocument.parse(JSON.parse(await file("customer-messages.schema.json")));
const recorded = await file("replies.jsonl");
const replies = recorded
  .trimEnd()
  .split("\n")
  .map((line) => Reply.parse(JSON.parse(line)));
const options = schema.labels.flatMap(optionsOf).map((option) => option.value);

/** What each recorded reply answers, and how sure it is: the last token that is an option, and its probability. */
const answers = replies.map(({ logprobs = [] }) => {
  const token = logprobs.findLast(({ token }) => options.includes(token.trim().toLowerCase()));
  return token && { value: token.token.trim().toLowerCase(), sure: Math.exp(token.logprob) };
});

describe("the demo's messages", () => {
  it("are about 300, no two alike, each with a gold sentiment of the schema", () => {
    expect(messages.length).toBeGreaterThanOrEqual(290);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(messages.length);
    const folded = messages.map(({ message }) => message.toLowerCase().replace(/\W+/gu, " "));
    expect(folded.filter((text, i) => text.trim() !== "" && folded.indexOf(text) !== i)).toEqual(
      [],
    );
    const share = (value: string) =>
      messages.filter(({ sentiment }) => sentiment === value).length / messages.length;
    expect(options.map(share).reduce((sum, one) => sum + one)).toBe(1);
    expect(share("negative")).toBeCloseTo(0.45, 1);
    expect(share("neutral")).toBeCloseTo(0.3, 1);
    expect(share("positive")).toBeCloseTo(0.25, 1);
  });

  it("hold what breaks careless software", () => {
    const some = (pattern: RegExp) => messages.some(({ message }) => pattern.test(message));
    for (const pattern of [/<script>/, /^=/, /\n/, /"/, /\{\{text\}\}/, /<\/text>/])
      expect(some(pattern)).toBe(true);
    for (const script of ["Arabic", "Hebrew", "Devanagari", "Hangul", "Hiragana", "Cyrillic"])
      expect(some(new RegExp(`\\p{Script=${script}}`, "u"))).toBe(true);
  });
});

describe("the demo's recorded replies", () => {
  it("are what the script makes of the judgements", async () => {
    expect(await demoReplies()).toBe(recorded);
  });

  it("consist of exactly their tokens, each among its own alternatives, whose probabilities add up to at most 1", () => {
    for (const { reply, logprobs = [] } of replies) {
      expect(logprobs.map(({ token }) => token).join("")).toBe(reply);
      for (const { token, logprob, top } of logprobs) {
        expect(top).toContainEqual({ token, logprob });
        expect(new Set(top.map((one) => one.token)).size).toBe(top.length);
        expect(top.reduce((sum, one) => sum + Math.exp(one.logprob), 0)).toBeLessThanOrEqual(
          1.0001,
        );
      }
    }
  });

  it("are wrong where a small model would be, and less sure there, though not always", () => {
    const judged = answers.flatMap((answer, i) =>
      answer ? [{ ...answer, right: answer.value === messages[i]?.sentiment }] : [],
    );
    expect(answers.length - judged.length).toBe(3);
    const wrong = judged.filter(({ right }) => !right);
    const right = judged.filter((answer) => answer.right);
    expect(wrong.length / judged.length).toBeCloseTo(0.14, 1.5);
    const wins = right.flatMap((one) => wrong.map((other) => Number(one.sure > other.sure)));
    const auroc = wins.reduce((sum, win) => sum + win, 0) / wins.length;
    expect(auroc).toBeGreaterThan(0.75);
    expect(auroc).toBeLessThan(0.85);
  });

  it("are found by the simulator in the default prompt, every one", async () => {
    const running = await startSimulator({ replies: join(folder, "replies.jsonl"), port: 0 });
    onTestFinished(running.close);
    const template = parseTemplate(defaultPrompt(schema.labels, "line"));
    const said = await Promise.all(
      messages.map(async ({ message }) => {
        const { system = "", user } = renderPrompt(template, { text: message, columns: {} });
        const response = await fetch(`${running.url}/chat/completions`, {
          method: "POST",
          body: JSON.stringify({
            model: "simulated-small",
            messages: [
              { role: "system", content: system },
              { role: "user", content: user },
            ],
          }),
        });
        const completion: unknown = await response.json();
        return completion;
      }),
    );
    expect(said).toEqual(
      replies.map(({ reply }) =>
        expect.objectContaining({
          choices: [
            expect.objectContaining({
              message: { role: "assistant", content: reply, refusal: null },
            }),
          ],
        }),
      ),
    );
  });
});
