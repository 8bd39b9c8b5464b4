import { startSimulator } from "@countersign/simulator";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

const given = messages(20);

test("a job is asked in batches from the form, its page tells of them, and what expired is asked again singly", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startSimulator({
    port: 0,
    replies: given.map(({ text, said }) => ({ match: text, reply: `sentiment: ${said}` })),
    batch: { durationMs: 12_000, expiresAfterMs: 6000 },
  });
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });
  const page = await desk.open(`/p/tweets/agents?run=${agent.id}`);
  await page.getByLabel("Ask in batches").check();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Label 20 records" }).click();
  const batches = page.getByRole("table", { name: "Batches" });
  await batches.getByText("under way").waitFor();
  await page.getByText("1 under way", { exact: true }).waitFor();
  expect(await violations(page)).toEqual([]);

  await batches.getByText("ended (expired)").waitFor();
  expect(await violations(page)).toEqual([]);
  if (process.env.SHOTS) {
    for (const width of [380, 900, 1440]) {
      await page.setViewportSize({ width, height: 1000 });
      await page.screenshot({ path: `/tmp/batch-${width}.png`, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await page.screenshot({ path: "/tmp/batch-dark.png", fullPage: true });
    await page.emulateMedia({ colorScheme: "light" });
  }
  await page.getByRole("button", { name: /Ask again for \d+ failed items?/ }).click();
  await page.getByRole("link", { name: "Review 20 labels" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await model.close();
});

test("the page of a job at rest tells of batches that end later, without being reloaded", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", given);
  const model = await startSimulator({
    port: 0,
    replies: given.map(({ text, said }) => ({ match: text, reply: `sentiment: ${said}` })),
    batch: { durationMs: 4000 },
  });
  const agent = await desk.client.agents.create({
    project: "tweets",
    model: { provider: "openai-compatible", model: "simulated-small", baseUrl: model.url },
  });
  const { id } = await desk.client.jobs.run({
    project: "tweets",
    agent: agent.id,
    settings: { batch: {} },
  });
  const page = await desk.open(`/p/tweets/jobs/${id}`);
  const batches = page.getByRole("table", { name: "Batches" });
  await batches.getByText("under way").waitFor();
  await desk.client.jobs.cancel({ project: "tweets", job: id });
  await page.getByRole("heading", { name: `How did job ${id} go?` }).waitFor();
  await batches.getByText(/^ended/).waitFor();
  await model.close();
});
