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
  expect(await violations(page)).toEqual([]);
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
