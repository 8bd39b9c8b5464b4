import { expect, it } from "vitest";
import { namesIn } from "./words.ts";

it("names are read once each, however they are separated", () => {
  expect(namesIn(" ann, ben\nAnn Lee; ann,, ")).toEqual(["ann", "ben", "Ann Lee"]);
  expect(namesIn("")).toEqual([]);
});
