import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { openReviewOf, pressed, recordText, saved } from "./review-stage.ts";

const asOptions = (...texts: string[]) => texts.map((text) => ({ value: text, text }));

test("a rating is confirmed with Enter and corrected with its digit", async () => {
  await using desk = await openReviewOf(
    { name: "stars", kind: "number", min: 1, max: 5, step: 1 },
    [
      { text: "A lovely stay.", reply: "5" },
      { text: "So-so, but quiet.", reply: "stars: 5" },
    ],
  );
  const page = await desk.review("order=imported");
  await page.locator("[data-option='5'][data-hand='machine']").waitFor();
  expect(await violations(page)).toEqual([]);
  await pressed(page, "Enter");
  await page.keyboard.press("3");
  await saved(page);
  expect((await desk.labels()).map(({ value, verified }) => [value, verified?.value])).toEqual([
    [5, 5],
    [5, 3],
  ]);
});

test("another number is typed from its first digit on, and none beyond the bounds is saved", async () => {
  await using desk = await openReviewOf({ name: "share", kind: "number", min: 0, max: 100 }, [
    { text: "Half of it.", reply: "50" },
    { text: "All of it.", reply: "90" },
  ]);
  const page = await desk.review("order=imported");
  const field = page.getByRole("textbox", { name: "share" });
  expect(await field.inputValue()).toBe("50");
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("4");
  await page.keyboard.type("50");
  await page.getByText("That is no number from 0 to 100.").waitFor();
  await page.keyboard.press("Enter");
  expect(await recordText(page)).toBe("Half of it.");
  await page.keyboard.press("Backspace");
  await pressed(page, "Enter");
  await pressed(page, "ArrowLeft");
  expect(await field.inputValue()).toBe("45");
  await saved(page);
  expect((await desk.labels())[0]?.verified?.value).toBe(45);
});

test("a text is edited where it stands, Enter saves it, and Esc drops the change", async () => {
  await using desk = await openReviewOf({ name: "summary", kind: "text", maxLength: 40 }, [
    { text: "Long story.", reply: "It was long." },
    { text: "Short story.", reply: "It was short." },
  ]);
  const page = await desk.review("order=imported");
  const field = page.getByRole("textbox", { name: "summary" });
  await page.keyboard.press("e");
  await page.keyboard.press("End");
  await page.keyboard.type(" And then it went on and on and on.");
  await page.getByText("characters too many").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await field.inputValue()).toBe("It was long.");
  await page.keyboard.press("e");
  await page.keyboard.press("End");
  await page.keyboard.type(" Too long.");
  await pressed(page, "Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await desk.labels()).map(({ verified }) => verified?.value)).toEqual([
    "It was long. Too long.",
    "It was short.",
  ]);
});

test("a ranking is made by pressing options in their order, by its arrows and by dragging", async () => {
  const options = asOptions("price", "staff", "room");
  await using desk = await openReviewOf({ name: "order", kind: "ranking", options }, [
    { text: "The room was fine.", reply: "price > staff > room" },
    { text: "Cheap.", reply: "price > staff > room" },
    { text: "Friendly.", reply: "price > staff > room" },
  ]);
  const page = await desk.review("order=imported");
  const order = () =>
    page
      .locator("li[data-option]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-option")));
  expect(await order()).toEqual(["price", "staff", "room"]);
  await page.keyboard.press("3");
  await page.keyboard.press("1");
  expect(await order()).toEqual(["room", "price", "staff"]);
  expect(await violations(page)).toEqual([]);
  await pressed(page, "Enter");
  await page.getByRole("button", { name: "Move staff up" }).click();
  await pressed(page, "Enter");
  await page.locator("li[data-option='room']").dragTo(page.locator("li[data-option='price']"));
  expect(await order()).toEqual(["room", "price", "staff"]);
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await desk.labels()).map(({ verified }) => verified?.value)).toEqual([
    ["room", "price", "staff"],
    ["staff", "price", "room"],
    ["room", "price", "staff"],
  ]);
});

test("spans are made with the keyboard alone: words, an option, longer, another, removed", async () => {
  await using desk = await openReviewOf(
    { name: "who", level: "span", options: asOptions("person", "place") },
    [
      { text: "Ann met Ben in New York.", reply: '[{"text": "Ben", "option": "place"}]' },
      { text: "Nobody was there.", reply: "[]" },
    ],
  );
  const page = await desk.review("order=imported");
  await page.locator("[data-hand='machine'] >> text=Ben").first().waitFor();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("n");
  await page.keyboard.press("1");
  await page.keyboard.press("Escape");
  await page.keyboard.press("l");
  await page.keyboard.press("1");
  await page.keyboard.press("Escape");
  for (const key of ["l", "l", "l", "l", "l"]) await page.keyboard.press(key);
  await page.keyboard.press("Shift+L");
  await page.keyboard.press("2");
  expect(await violations(page)).toEqual([]);
  await pressed(page, "Enter");
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await desk.labels()).map(({ verified }) => verified?.value)).toEqual([
    [
      { start: 0, end: 3, value: "person" },
      { start: 8, end: 11, value: "person" },
      { start: 15, end: 23, value: "place" },
    ],
    [],
  ]);
});

test("dragging over words marks them whole, spans may overlap, and a click takes one", async () => {
  await using desk = await openReviewOf(
    { name: "who", level: "span", options: asOptions("person", "place") },
    [{ text: "The University of Oslo wrote.", reply: "[]" }],
  );
  const page = await desk.review("order=imported");
  const drag = async (from: number, to: number) => {
    const boxes = await page.evaluate(
      ([start, end]) => {
        const root = document.querySelector(
          "section[aria-label='Record'] [data-start]",
        )?.parentElement;
        const place = (at: number) => {
          let left = at;
          for (const span of root?.children ?? []) {
            const { length } = span.textContent ?? "";
            if (left <= length && span.firstChild) {
              const range = document.createRange();
              range.setStart(span.firstChild, Math.max(0, left - 1));
              range.setEnd(span.firstChild, left);
              const { right, top, height } = range.getBoundingClientRect();
              return { x: right, y: top + height / 2 };
            }
            left -= length;
          }
          return { x: 0, y: 0 };
        };
        return [place(start ?? 0), place(end ?? 0)];
      },
      [from, to],
    );
    const [a, b] = boxes;
    await page.mouse.move(a?.x ?? 0, a?.y ?? 0);
    await page.mouse.down();
    await page.mouse.move(b?.x ?? 0, b?.y ?? 0, { steps: 5 });
    await page.mouse.up();
  };
  await drag(6, 20);
  await page.keyboard.press("1");
  await page.keyboard.press("Escape");
  await drag(19, 21);
  await page.getByRole("button", { name: "place", exact: false }).first().click();
  await page.getByRole("button", { name: "Remove Oslo" }).waitFor();
  await page.keyboard.press("Enter");
  await saved(page);
  expect((await desk.labels())[0]?.verified?.value).toEqual([
    { start: 4, end: 22, value: "person" },
    { start: 18, end: 22, value: "place" },
  ]);
});
