import { expect, test } from "vitest";
import { explainReason, Reason } from "./reason.ts";

test.each(Reason.options)("%s says what happened and what to do", (reason) => {
  const { says, next } = explainReason(reason);
  expect(says).toMatch(/^[A-Z].*[^.]$/);
  expect(next).toMatch(/\.$|re-extract$/);
  expect(says).not.toBe(reason);
});

test("a reason of another version is shown as it is named", () => {
  expect(explainReason("lost-in-transit").says).toBe("lost in transit");
  expect(explainReason("__proto__").next).not.toBe("");
});
