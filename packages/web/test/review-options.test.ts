import { expect, test } from "vitest";
import { openReviewOf, pressed, saved } from "./review-stage.ts";

test("of a multiple choice options are switched with their keys and saved with Enter", async () => {
  const topics = ["price", "staff", "food"].map((value) => ({ value, text: value }));
  await using desk = await openReviewOf({ name: "topics", kind: "multiple", options: topics }, [
    { text: "dear, but lovely people", reply: "price, staff" },
    { text: "cold soup", reply: "price, food" },
    { text: "nothing to say", reply: "staff" },
  ]);
  const page = await desk.review("order=imported");
  const hands = () =>
    page
      .locator("[data-option]")
      .evaluateAll((options) => options.map((option) => option.getAttribute("data-hand")));
  expect(await hands()).toEqual(["machine", "machine", "nobody"]);
  await pressed(page, "Enter");

  await page.keyboard.press("1");
  expect(await hands()).toEqual(["overruled", "nobody", "person"]);
  await pressed(page, "Enter");

  await page.locator("[data-option='staff']").click();
  expect(await hands()).toEqual(["nobody", "overruled", "nobody"]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "That was the last one." }).waitFor();
  await saved(page);
  expect((await desk.labels()).map(({ status, verified }) => [status, verified?.value])).toEqual([
    ["confirmed", ["price", "staff"]],
    ["corrected", ["food"]],
    ["corrected", []],
  ]);
});

test("among many options one is found by name, and the suggestion is told beside the finder", async () => {
  const options = Array.from({ length: 40 }, (_, at) => ({
    value: `o${at}`,
    text: at === 33 ? "lost luggage" : `topic ${at}`,
  }));
  await using desk = await openReviewOf({ name: "topic", options }, [
    { text: "where is my suitcase?", reply: "topic 12" },
    { text: "my bag is gone", reply: "topic 9" },
  ]);
  const page = await desk.review("order=imported");
  await page
    .getByText(/^suggested/)
    .first()
    .waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("lugg");
  await page.getByText("⏎ lost luggage").waitFor();
  await pressed(page, "Enter");
  await page.keyboard.press("a");
  await page.getByRole("heading", { name: "That was the last one." }).waitFor();
  await saved(page);
  expect((await desk.labels()).map(({ status, verified }) => [status, verified?.value])).toEqual([
    ["corrected", "o33"],
    ["confirmed", "o9"],
  ]);
});

test("on a phone every option is in reach, however long the question", async () => {
  const options = ["positive", "neutral", "negative"].map((value) => ({ value, text: value }));
  const description = "How the customer feels about what the business did, whatever the words say.";
  await using desk = await openReviewOf({ name: "sentiment", description, options }, [
    { text: "at last!", reply: "positive" },
  ]);
  const page = await desk.review("", { width: 380, height: 760 });
  for (const option of await page.locator("[data-option]").all()) {
    const box = await option.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 1000)).toBeLessThanOrEqual(380);
  }
});
