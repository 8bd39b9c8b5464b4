import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openReview, project } from "./review-stage.ts";

test.each(["light", "dark"] as const)(
  "axe finds nothing wrong in the %s scheme",
  async (scheme) => {
    await using desk = await openReview(8);
    const page = await desk.review("", { scheme });
    await page.keyboard.press("1");
    await page.getByText(/^Corrected to|^Confirmed/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("t");
    await page.locator("tr[data-row]").first().waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press(" ");
    await page.getByText("1 selected").waitFor();
    expect(await violations(page)).toEqual([]);
  },
);

test.each([380, 900])("at %d pixels nothing is wider than the window", async (width) => {
  await using desk = await openReview(8);
  const page = await desk.review("", { width });
  const sideways = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await sideways()).toBe(0);
  expect(await violations(page)).toEqual([]);
  await page.getByText("Table", { exact: true }).click();
  await page.locator("tr[data-row]").first().waitFor();
  expect(await sideways()).toBe(0);
  expect(await violations(page)).toEqual([]);
});

test("keys pressed in an open menu judge nothing", async () => {
  await using desk = await openReview(4);
  const page = await desk.review();
  await page.getByRole("button", { name: /^Status/ }).click();
  await page.getByRole("menuitemradio").first().waitFor();
  await page.keyboard.press("1");
  await page.keyboard.press("u");
  await page.keyboard.press("Escape");
  await page.getByRole("menuitemradio").first().waitFor({ state: "hidden" });
  expect((await desk.labels()).map(({ status }) => status)).toEqual(Array(4).fill("unverified"));
});

test("with nothing to review the page says why and what to do next", async () => {
  await using desk = await openReview(1);
  const page = await desk.review();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "That was the last one." }).waitFor();
  await page.locator("[data-saved='yes']", { hasText: "saved" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Every label is verified" }).waitFor();
  await page.getByRole("button", { name: "See all labels of this machine" }).click();
  await page.locator("tr[data-row]").waitFor();

  await desk.client.projects.create({ name: "bare" });
  await page.goto(`${desk.url}/p/bare/review`);
  await page.getByRole("heading", { name: "Nothing to review yet" }).waitFor();
  expect(project).toBe("airline");
});
