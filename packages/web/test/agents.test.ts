import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openDesk } from "./browser.ts";
import { messages, withMessages } from "./stage.ts";

test("an agent is given another way to its confidence, and shows what that asks", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(4));
  const page = await desk.open("/p/tweets/agents?panel=new");
  await page.getByLabel("Model", { exact: true }).fill("gpt-4.1-mini");
  await page.getByLabel("Taken from").selectOption("What the model says");
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText("sentiment confidence: <0 to 100>").first().waitFor();

  await page.getByLabel("Taken from").selectOption("Agreement of several prompts");
  await page.getByLabel("System part in other words, 1").fill("Judge its mood.");
  await page.getByRole("button", { name: "Add another" }).click();
  await page.getByLabel("System part in other words, 2").fill("Say its tone.");
  await page.getByLabel("Ask once more where a reply names no option").check();
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => violations(page), { timeout: 10_000 }).toEqual([]);
  await page.getByRole("button", { name: "Register agent" }).click();
  await page.getByText("asked about 3 times").waitFor();

  const { items } = await desk.client.agents.list({ project: "tweets" });
  expect(items[0]?.content).toMatchObject({
    confidence: {
      by: "paraphrase-consistency",
      prompts: [
        { system: "Judge its mood.", user: "<text>\n{{text}}\n</text>" },
        { system: "Say its tone." },
      ],
    },
    refine: { user: "<reply>\n{{text}}\n</reply>" },
  });
});

test("the preview tells tokens, price and what does not fit, of the records chosen; an agent is told what is known of its model", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(4));
  const page = await desk.open("/p/tweets/agents?panel=new");
  const preview = page.getByRole("region", { name: "Preview" });
  await preview.getByText("Name a model to see what it would cost.").waitFor();
  await page.getByLabel("Model", { exact: true }).fill("gpt-4.1-mini");
  await preview.getByText(/A thousand records like these: about \$0\.0\d+/).waitFor();
  await preview
    .getByText(/\d+ tokens, \$0\.0000\d+/)
    .first()
    .waitFor();
  const last = "m4";
  await preview.getByLabel("Records").fill(last);
  await preview.getByRole("heading", { name: `Record ${last}` }).waitFor();
  await preview.getByLabel("Records").fill("nobody");
  await preview.getByText(/no record with the key “nobody”/).waitFor();
  await preview.getByLabel("Records").fill("");

  await page.getByText("More of the model").click();
  await page.getByLabel("Context tokens").fill("20");
  await preview.getByText("Longer than the model takes").first().waitFor();
  await page.getByLabel("Interface").selectOption("Responses");
  await page.getByLabel("Takes a seed").selectOption("no");
  await page.getByLabel("Gives probabilities").selectOption("yes");
  await page.getByLabel("Most alternatives").fill("5");
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => violations(page), { timeout: 10_000 }).toEqual([]);
  await page.getByRole("button", { name: "Register agent" }).click();
  await page.waitForURL(/agents(?!.*panel=new)/).catch(() => undefined);
  await expect
    .poll(
      async () => (await desk.client.agents.list({ project: "tweets" })).items[0]?.content.model,
    )
    .toEqual({
      provider: "openai",
      model: "gpt-4.1-mini",
      interface: "responses",
      capabilities: { seed: false, logprobs: 5, contextTokens: 20 },
    });
});

test("the agents are narrowed down by provider and model, and the address holds it", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, "tweets", messages(2));
  for (const model of ["gpt-4o", "gpt-4.1-mini"])
    await desk.client.agents.create({ project: "tweets", model: { provider: "openai", model } });
  await desk.client.agents.create({
    project: "tweets",
    model: { provider: "mistral", model: "mistral-small" },
    parameters: { topLogprobs: 0 },
  });
  const page = await desk.open("/p/tweets/agents");
  await page.getByLabel("Provider").selectOption("OpenAI");
  await page.getByRole("row", { name: /mistral/ }).waitFor({ state: "detached" });
  expect(await page.getByRole("row", { name: /gpt-4/ }).count()).toBe(2);
  await page.getByLabel("Model").selectOption("gpt-4o");
  await page.getByRole("row", { name: /gpt-4.1-mini/ }).waitFor({ state: "detached" });
  expect(page.url()).toContain("provider=openai");
  expect(await violations(page)).toEqual([]);
  await page.reload();
  await page.getByRole("row", { name: /gpt-4o/ }).waitFor();
  expect(await page.getByRole("row", { name: /gpt-4.1-mini/ }).count()).toBe(0);
});
