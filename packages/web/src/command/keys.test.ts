import { expect, it } from "vitest";
import { keyOf } from "./keys.ts";

const press = (key: string, code: string, held: Partial<Parameters<typeof keyOf>[0]> = {}) =>
  keyOf({ key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held });

it("a key is named as it is written, Shift only where it does not show", () => {
  expect(press("f", "KeyF")).toBe("f");
  expect(press("F", "KeyF", { shiftKey: true })).toBe("Shift+f");
  expect(press("?", "Slash", { shiftKey: true })).toBe("?");
  expect(press("Enter", "Enter", { shiftKey: true })).toBe("Shift+Enter");
  expect(press("z", "KeyZ", { metaKey: true })).toBe("Mod+z");
});

it("digits are where they are, also on layouts that reach them with Shift", () => {
  expect(press("&", "Digit1")).toBe("1");
  expect(press("1", "Digit1")).toBe("1");
  expect(press("!", "Digit1", { shiftKey: true })).toBe("!");
});

it("letters are where they are on layouts without Latin ones, and as written on those with", () => {
  expect(press("г", "KeyU")).toBe("u");
  expect(press("a", "KeyQ")).toBe("a");
});
