import { describe, expect, test } from "vitest";
import { readBatchInput } from "./input.ts";

const endpoint = "/v1/chat/completions";
const models = ["simulated-small", "simulated-large"];

const line = (customId: string, more: object = {}) => ({
  custom_id: customId,
  method: "POST",
  url: endpoint,
  body: { model: "simulated-small", messages: [] },
  ...more,
});

const read = (...lines: (object | string)[]) =>
  readBatchInput(
    lines.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n"),
    endpoint,
    models,
  );

describe("an input file of a batch", () => {
  test("is a request a line; empty lines and one at the end do not count", () => {
    expect(read(line("a"), "", line("b"), "")).toEqual({
      requests: ["a", "b"].map((customId) => ({
        customId,
        body: { model: "simulated-small", messages: [] },
      })),
      errors: [],
    });
  });

  test.each([
    ["no JSON", "{", "invalid_json_line", null],
    ["no method", line("b", { method: undefined }), "missing_required_parameter", "method"],
    ["no id", line(""), "missing_required_parameter", "custom_id"],
    ["no model", line("b", { body: {} }), "missing_required_parameter", "body.model"],
    ["another endpoint", line("b", { url: "/v1/responses" }), "url_mismatch", "url"],
    ["an id a second time", line("a"), "duplicate_custom_id", "custom_id"],
    ["an unknown model", line("b", { body: { model: "gpt-4o" } }), "model_not_found", "body.model"],
    [
      "a second model",
      line("b", { body: { model: "simulated-large" } }),
      "model_mismatch",
      "body.model",
    ],
  ])("fails as a whole for a line with %s, and says which", (_what, wrong, code, param) => {
    expect(read(line("a"), wrong, line("c"))).toEqual({
      requests: [],
      errors: [{ code, message: expect.any(String), line: 2, param }],
    });
  });

  test("fails when nothing is in it, and when too much is", () => {
    expect(read("", " ").errors).toMatchObject([{ code: "empty_file", line: null }]);
    const tooMany = Array.from({ length: 50_001 }, (_, i) => line(`line-${i}`));
    expect(read(...tooMany).errors).toMatchObject([{ code: "too_many_tasks", line: null }]);
    expect(read(...tooMany.slice(1)).requests).toHaveLength(50_000);
  });
});
