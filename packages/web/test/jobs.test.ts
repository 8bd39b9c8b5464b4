import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, startModel, withMessages } from "./stage.ts";

const given = messages(20);

test("an agent is written beside its prompts, and labels the first ten records", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startModel(given);
  const page = await desk.open("/p/tweets/agents");
  await page.getByRole("link", { name: "New agent" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText("four hours on the tarmac").waitFor();

  await page.getByLabel("Provider").selectOption("OpenAI-compatible address");
  await page.getByLabel("Base URL").fill(model.url);
  await page.getByLabel("Model", { exact: true }).fill("simulated-small");
  await page.getByLabel("User").fill("Once more: {{text}}");
  await preview.getByText("Once more: four hours on the tarmac").waitFor();
  await page.getByLabel("User").fill("Of {{no such column}}");
  await preview.getByRole("alert").waitFor();
  await page.getByRole("button", { name: "Build it from the schema again" }).click();
  await preview.getByRole("alert").waitFor({ state: "hidden" });
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Register agent" }).click();
  await page.getByRole("status").getByText("is registered").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Choose its records" }).click();
  await page.getByRole("heading", { name: "Which records is simulated-small to label?" }).waitFor();
  await page.getByLabel("Only the first").fill("10");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Label 10 records" }).click();
  await page.getByRole("heading", { name: /How did job \d+ go\?/ }).waitFor();
  await page.getByText("no LLM was called").waitFor();
  const bars = page.getByRole("table", { name: "Labels of sentiment" }).getByRole("row");
  expect(await bars.allInnerTexts()).toEqual([
    expect.stringMatching(/negative\s+2\s+20\.0 %/),
    expect.stringMatching(/neutral\s+2\s+20\.0 %/),
    expect.stringMatching(/positive\s+6\s+60\.0 %/),
  ]);
  await page.getByText("70.0 %").waitFor();
  await page.getByRole("link", { name: "Review 10 labels" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);

  await page.getByRole("link", { name: "Jobs", exact: true }).click();
  await page.getByRole("heading", { name: "What has been asked, and how did it go?" }).waitFor();
  expect(await page.getByRole("row").nth(1).textContent()).toMatch(/simulated.*done.*100 %.*10/);
  expect(await violations(page)).toEqual([]);
  await model.close();
});

test("a running job moves before one's eyes, and is cancelled", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startSimulator({
    port: 0,
    replies: given.map(({ text, said }) => ({ match: text, reply: `sentiment: ${said}` })),
    latency: { medianMs: 300 },
  });
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });
  const { id } = await desk.client.jobs.run({
    project: "tweets",
    agent: agent.id,
    settings: { concurrency: 1, budget: { records: 1000 } },
  });
  const page = await desk.open(`/p/tweets/jobs/${id}`);
  const done = () =>
    page
      .getByRole("progressbar")
      .first()
      .evaluate((bar: HTMLProgressElement) => bar.value);
  await expect.poll(done).toBeGreaterThan(0);
  const before = await done();
  await expect.poll(done).toBeGreaterThan(before);
  await page.getByRole("link", { name: /^job \d+ \d+ % done$/ }).waitFor();
  await page.getByText("1 of 1", { exact: true }).waitFor();
  await page.getByText("as many calls at once as the settings allow").waitFor();
  await page.getByText(/ left, until \d\d:\d\d:\d\d$/).waitFor();
  await page.getByText("of 1,000 records", { exact: false }).waitFor();
  const stages = page.getByRole("list", { name: "Stages" }).getByRole("listitem");
  await stages.filter({ hasText: "Call" }).getByText("1 under way").waitFor();
  await stages.filter({ hasText: "Store" }).getByText("still to come").waitFor();
  expect(await violations(page)).toEqual([]);

  await page.getByRole("button", { name: "Cancel job" }).click();
  await page.getByText("cancelled", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Cancel job" }).waitFor({ state: "hidden" });
  expect((await desk.client.jobs.get({ project: "tweets", job: id })).state).toBe("cancelled");
  await model.close();
});

test("a rest that the provider asked for is said with its end", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const busy = createServer((_, response) => {
    response.writeHead(429, { "content-type": "application/json", "retry-after": "30" });
    response.end(JSON.stringify({ error: { message: "Slow down." } }));
  });
  await new Promise<void>((resolve) => busy.listen(0, "127.0.0.1", resolve));
  const { port } = busy.address() as AddressInfo;
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "m", baseUrl: `http://127.0.0.1:${port}/v1` },
  });
  const { id } = await desk.client.jobs.run({ project: "tweets", agent: agent.id });
  const page = await desk.open(`/p/tweets/jobs/${id}`);
  await page.getByText(/^Resting, as the provider asked, until \d\d:\d\d:\d\d\.$/).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Cancel job" }).click();
  await page.getByText(/^Resting/).waitFor({ state: "hidden" });
  busy.closeAllConnections();
  busy.close();
});

test("a paused job says why in the provider's words, and goes on", async () => {
  await using desk = await openDesk({ environment: { WRONG_API_KEY: "wrong" } });
  await withMessages(desk.client, "tweets", given);
  const model = await startSimulator({
    port: 0,
    replies: given.map(({ text, said }) => ({ match: text, reply: `sentiment: ${said}` })),
    apiKey: "right",
  });
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: {
      provider: "openai-compatible",
      model: "simulated-small",
      baseUrl: model.url,
      keyVariable: "WRONG_API_KEY",
    },
  });
  const { id } = await desk.client.jobs.run({ project: "tweets", agent: agent.id });
  const page = await desk.open(`/p/tweets/jobs/${id}`);
  const alert = page.getByRole("alert");
  await alert
    .getByText(/API key/i)
    .first()
    .waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Resume job" }).click();
  await alert
    .getByText(/API key/i)
    .first()
    .waitFor();
  await model.close();
});

test("records without a label are told by their reason, with replies and what to do", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startSimulator({
    port: 0,
    replies: given.map(({ text, said }, place) => ({
      match: text,
      reply: place % 5 === 0 ? "sentiment: <i>furious</i>" : `sentiment: ${said}`,
    })),
  });
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });
  const { id } = await desk.client.jobs.run({ project: "tweets", agent: agent.id });
  const page = await desk.open(`/p/tweets/jobs/${id}`);
  await page
    .getByRole("heading", { name: "The answer is no option of the schema: 4 records" })
    .waitFor();
  await page.getByText("If it is a fair answer, add it to the schema").waitFor();
  const commonest = page.getByRole("list", { name: /no option of the schema, the commonest/ });
  await commonest.getByText("<i>furious</i>", { exact: true }).click();
  const replies = commonest.locator("pre");
  expect(await replies.allTextContents()).toEqual(
    Array.from({ length: 3 }, () => "sentiment: <i>furious</i>"),
  );
  await commonest.getByText("m1", { exact: true }).waitFor();
  expect(await page.locator("details i").count()).toBe(0);
  expect(await violations(page)).toEqual([]);

  const sample = page.locator("details").filter({ hasText: "m2" }).last();
  await sample.locator("summary").click();
  await sample.getByText("thank you, the crew was lovely").waitFor();
  await sample.getByText("sentiment: positive", { exact: true }).waitFor();
  await sample
    .getByText(/\d+ tokens in · \d+ tokens out · \$0\.00 · \d+ ms · simulated-small/)
    .waitFor();
  await sample.getByText("sentiment read by line/exact · 1 call").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
  await model.close();
});

test("a job is run within a budget, beside what it would take; used up, it goes on with more", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startModel(given);
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });
  const page = await desk.open(`/p/tweets/agents?run=${agent.id}`);
  const estimate = page.getByLabel("Estimate");
  await estimate.getByText("price unknown").or(estimate.getByText("$0.00")).first().waitFor();
  await estimate.getByText("A pilot of a hundred records would tell it better.").waitFor();
  await page.getByLabel("Records", { exact: true }).last().fill("5");
  await estimate.getByText("The budget would reach for about 25 % of it.").waitFor();
  await page.getByText("Pace and patience").click();
  await page.getByLabel("Calls at once, at most").fill("1");
  await page.getByLabel("Requests a minute").fill("30000");
  await page.getByLabel("Tokens a minute").fill("3000000");
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Label 20 records" }).click();

  const alert = page.getByRole("alert");
  await alert.getByText("The budget of 5 records is used up.").waitFor();
  await page.getByText(/^1[0-4]\d % of 5 records$/).waitFor();
  expect((await desk.client.jobs.list({ project: "tweets" })).items[0]?.settings).toMatchObject({
    concurrency: 1,
    requestsPerMinute: 30_000,
    tokensPerMinute: 3_000_000,
    budget: { records: 5 },
  });
  expect(await alert.getByLabel("Records in all").inputValue()).toBe("10");
  expect(await violations(page)).toEqual([]);
  await alert.getByLabel("Records in all").fill("50");
  await alert.getByRole("button", { name: "Resume with this budget" }).click();
  await page.getByText("40 % of 50 records").waitFor();
  await page.getByRole("link", { name: "Review 20 labels" }).waitFor();
  await model.close();
});
