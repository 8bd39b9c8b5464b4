import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openReview, pressed, project } from "./review-stage.ts";

test("the review shows the prompt and the reply a label came from, goes on to the next one's, and hides them while blind", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  const about = page.getByRole("complementary", { name: "About this record" });
  await about.getByText("Prompt and reply").focus();
  await page.keyboard.press("Enter");
  await about.getByText(/^Read by \S+\/exact, 1 call$/).waitFor();
  const passages = about.locator("pre");
  expect(await passages.nth(1).textContent()).toContain("four hours on the tarmac");
  expect(await passages.nth(2).textContent()).toBe("positive");
  await about
    .getByText(/\d+ tokens in · \d+ tokens? out · \$0\.00 · \d+ ms · simulated-small/)
    .waitFor();
  expect(await violations(page)).toEqual([]);
  // The key unfolded it, and judged nothing.
  expect((await desk.labels()).map(({ status }) => status)).toEqual(Array(4).fill("unverified"));

  await page.getByRole("region", { name: "Record" }).click();
  await pressed(page, "Enter");
  await passages.nth(1).getByText("the crew was lovely").waitFor();
  await page.keyboard.press("b");
  await about.getByText("hidden until you have decided").waitFor();
  expect(await passages.count()).toBe(0);
});

test("a record's panel shows what each job's label came from", async () => {
  await using desk = await openReview(4);
  const page = await desk.open(`/p/${project}/data`);
  await page.getByRole("button", { name: "m2", exact: true }).click();
  await page.getByText("Prompt and reply").click();
  const passages = page.locator("details pre");
  await passages.nth(2).waitFor();
  expect(await passages.nth(0).textContent()).toContain("Label: sentiment");
  expect(await passages.nth(1).textContent()).toContain("thank you, the crew was lovely");
  expect(await passages.nth(2).textContent()).toBe("positive");
  expect(await violations(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violations(page)).toEqual([]);
});
