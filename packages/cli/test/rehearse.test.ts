import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { run } from "../src/program.ts";
import { printed, start, temporaryFolder } from "./countersign.ts";

/** Runs a command line in this process. */
async function countersign(...words: string[]) {
  const written = { stdout: "", stderr: "" };
  const spies = (["stdout", "stderr"] as const).map((stream) =>
    vi.spyOn(process[stream], "write").mockImplementation((text) => {
      written[stream] += String(text);
      return true;
    }),
  );
  try {
    const code = await run(words);
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const rehearse = (...words: string[]) => countersign("simulate", "--rehearse", ...words);

it("tells how a job would go, says that it is simulated, and needs no replies", async () => {
  const { code, stdout, stderr } = await rehearse(
    ...["--items", "3000", "--prompt-tokens", "250", "--reply-tokens", "8", "--latency", "500"],
    ...["--requests-per-minute", "600", "--concurrency", "32", "--model", "gpt-4.1-mini"],
  );
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^A rehearsal in simulated time: no model was called, nothing was spent\./,
  );
  expect(stdout).toMatch(/3,000 items would take [34] min/);
  expect(stdout).toMatch(/requests used +9\d\.\d % of those allowed/);
  expect(stdout).toMatch(/tokens +750,000 in, 24,000 out/);
  expect(stdout).toMatch(/cost +\$0\.3384/);
});

it("tells as JSON when and why a job would pause", async () => {
  const { stdout } = await rehearse(
    ...["--items", "5000", "--latency", "100", "--fault", "quota@20-1000", "--json"],
  );
  expect(JSON.parse(stdout)).toMatchObject({
    simulated: true,
    items: 5000,
    pause: {
      reason: "quota-exhausted",
      what: expect.stringMatching(/exceeded your current quota/),
    },
    used: { requests: null, tokens: null },
    usd: null,
  });
});

it("takes its items from a file of texts, or of replies", async () => {
  await using folder = await temporaryFolder();
  const csv = join(folder.path, "reviews.csv");
  await writeFile(csv, 'id,review\n1,good coffee\n2,"bad, cold tea"\n3,so so\n');
  const texts = await rehearse("--texts", csv, "--text", "review", "--json");
  // Four bytes a token, rounded up, and six for the prompt's form.
  expect(JSON.parse(texts.stdout)).toMatchObject({
    items: 3,
    inputTokens: 9 + 10 + 8,
    outputTokens: 24,
  });
  const beside = await rehearse(
    "--texts",
    csv,
    "--text",
    "review",
    "--prompt-tokens",
    "100",
    "--items",
    "2",
    "--json",
  );
  expect(JSON.parse(beside.stdout)).toMatchObject({ items: 2, inputTokens: 219 });

  const replies = join(folder.path, "replies.jsonl");
  const line = (match: string, more = {}) =>
    JSON.stringify({ match, reply: "tone: good", ...more });
  await writeFile(
    replies,
    `${line("a")}\n${line("a")}\n${line("b", { usage: { inputTokens: 70, outputTokens: 9 } })}\n`,
  );
  const recorded = await rehearse("--replies", replies, "--json");
  expect(JSON.parse(recorded.stdout)).toMatchObject({
    items: 2,
    inputTokens: 77,
    outputTokens: 12,
  });
});

it("what cannot be rehearsed is told with exit code 2 and leaves stdout empty", async () => {
  await using folder = await temporaryFolder();
  const csv = join(folder.path, "bad.csv");
  await writeFile(csv, "id,text\n1,good\n2,\n");
  const jsonl = join(folder.path, "bad.jsonl");
  await writeFile(jsonl, '{"match": "a", "reply": "b"}\n{"match": 1}\n');
  const cases: readonly (readonly [words: readonly string[], told: RegExp])[] = [
    [[], /How many items\?/],
    [["--items", "0"], /whole number from 1/],
    [["--items", "10", "--port", "1"], /--port does not go with --rehearse/],
    [["--items", "10", "--concurrency", "513"], /--concurrency: .*512/],
    [["--items", "10", "--timeout", "4000"], /--timeout: .*3600/],
    [["--items", "10", "--spread", "4"], /3/],
    [["--items", "10", "--requests-per-minute", "0"], /number above 0/],
    [["--items", "10", "--prompt-tokens", "1.5"], /whole number from 0/],
    [["--items", "10", "--budget-usd", "1"], /name the --model/],
    [["--items", "10", "--provider", "openai"], /go with --model/],
    [["--items", "10", "--text", "review"], /--text goes with --texts/],
    [["--texts", csv, "--replies", jsonl], /exclude each other/],
    [["--replies", jsonl, "--reply-tokens", "3"], /answers are known/],
    [["--texts", join(folder.path, "absent.csv")], /absent\.csv cannot be read/],
    [["--texts", csv], /bad\.csv, line 3, column “text”, is empty/],
    [["--texts", csv, "--text", "review"], /column “review”, is missing/],
    [["--replies", jsonl], /bad\.jsonl, line 2/],
    [["--items", "10", "--fault", "nonsense"], /is no fault/],
  ];
  for (const [words, told] of cases) {
    const { code, stdout, stderr } = await rehearse(...words);
    expect({ words, code, stdout }).toEqual({ words, code: 2, stdout: "" });
    expect(stderr).toMatch(told);
  }
  const served = await countersign("simulate", "--items", "3");
  expect(served).toMatchObject({ code: 2, stdout: "" });
  expect(served.stderr).toMatch(/--items goes with --rehearse/);
  const none = await countersign("simulate");
  expect(none).toMatchObject({ code: 2, stdout: "" });
  expect(none.stderr).toMatch(/--replies FILE is needed/);
});

it("batches of the simulator take as long, and expire as soon, as the command line says", async () => {
  await using folder = await temporaryFolder();
  const replies = join(folder.path, "replies.jsonl");
  await writeFile(replies, '{"match": "a", "reply": "b"}\n');
  const words = ["simulate", "--replies", replies, "--port", "0"];
  const { child, finished } = start([
    ...words,
    "--batch-duration",
    "3600",
    "--batch-expires",
    "7200",
  ]);
  const [, url = ""] = await printed(child, /answer at (\S+)/);
  const request = {
    custom_id: "1",
    params: { model: "simulated-small", max_tokens: 9, messages: [{ role: "user", content: "a" }] },
  };
  const response = await fetch(`${url}/messages/batches`, {
    method: "POST",
    headers: { "content-type": "application/json", "anthropic-version": "2023-06-01" },
    body: JSON.stringify({ requests: [request] }),
  });
  const batch = (await response.json()) as Record<string, string>;
  expect(batch).toMatchObject({ processing_status: "in_progress" });
  expect(Date.parse(batch.expires_at ?? "") - Date.parse(batch.created_at ?? "")).toBe(7_200_000);
  child.kill("SIGINT");
  expect((await finished).code).toBe(0);
  const wrong = await countersign(...words, "--batch-duration", "soon");
  expect(wrong.code).toBe(2);
});
