import { verifications } from "@countersign/engine";
import { expect, test } from "vitest";
import { openReview, pressed, project, recordText, saved } from "./review-stage.ts";

test("verdicts given without a connection are kept, said to be unsaved, and saved when it is back", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  await page.context().setOffline(true);
  await pressed(page, "Enter");
  await pressed(page, "1");
  await page.getByRole("button", { name: "2 not saved – retry" }).waitFor();
  expect((await desk.labels()).map(({ status }) => status)).toEqual(Array(4).fill("unverified"));

  let asked = false;
  page.once("dialog", (dialog) => {
    asked = dialog.type() === "beforeunload";
    return dialog.dismiss();
  });
  await page.evaluate(() => setTimeout(() => location.reload()));
  await page.waitForEvent("dialog");
  expect(asked).toBe(true);

  await page.context().setOffline(false);
  await saved(page);
  expect((await desk.labels()).map(({ status }) => status)).toEqual([
    "confirmed",
    "corrected",
    "unverified",
    "unverified",
  ]);
});

test("what another person decided meanwhile is never overwritten unseen", async () => {
  await using desk = await openReview(4);
  const page = await desk.review("order=imported");
  const [first, second] = await desk.labels();
  const judged = await verifications.record(
    desk.engine,
    { name: "bob", how: "token" },
    { project, decisions: [{ label: second?.id ?? 0, verdict: "CORRECTS", value: "neg" }] },
  );
  expect(judged.ok).toBe(true);
  await page.route(/\/records\/\d+$/, (route) => route.abort());
  await pressed(page, "Enter");
  await pressed(page, "Enter");
  await page
    .getByRole("alert")
    .getByText(/corrected by bob meanwhile/)
    .waitFor();
  expect(await recordText(page)).toContain("(3)");

  const labels = await desk.labels();
  expect(labels[0]?.verified?.by).not.toBe("bob");
  expect(labels[1]?.verified).toMatchObject({ by: "bob", value: "neg" });
  expect(first?.id).toBe(labels[0]?.id);

  await pressed(page, "Enter");
  expect(await recordText(page)).toContain("(2)");
  expect(await page.locator("[data-option='neg']").getAttribute("data-hand")).toBe("person");
});

test("what others decide shows on the record in hand", async () => {
  await using desk = await openReview(4);
  const [first] = await desk.labels();
  await verifications.record(
    desk.engine,
    { name: "bob", how: "token" },
    { project, decisions: [{ label: first?.id ?? 0, verdict: "CONFIRMS" }] },
  );
  const page = await desk.review("order=imported&status=any");
  await page.getByText("bob confirmed “positive”").waitFor();
  expect(await page.locator("[data-option='pos']").getAttribute("data-hand")).toBe("person");
});
