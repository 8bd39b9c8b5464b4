import { describe, expect, test } from "vitest";
import { failureOf, jsonOf } from "./client.ts";
import { batches } from "./openai-batch-client.ts";

describe("files", () => {
  test("are kept as they were uploaded, described, and deleted", async () => {
    const { upload, url } = await batches();
    const file = (await jsonOf(await upload("{}\n"))) as { id: string };
    expect(file).toEqual({
      id: expect.stringMatching(/^file-/),
      object: "file",
      bytes: 3,
      created_at: expect.any(Number),
      expires_at: expect.any(Number),
      filename: "input.jsonl",
      purpose: "batch",
      status: "processed",
      status_details: null,
    });
    const address = `${url}/files/${file.id}`;
    expect(await jsonOf(await fetch(address))).toEqual(file);
    expect(await (await fetch(`${address}/content`)).text()).toBe("{}\n");
    expect(await jsonOf(await fetch(address, { method: "DELETE" }))).toEqual({
      id: file.id,
      object: "file",
      deleted: true,
    });
    expect((await fetch(address)).status).toBe(404);
    expect((await fetch(`${address}/content`)).status).toBe(404);
    expect((await fetch(address, { method: "DELETE" })).status).toBe(404);
  });

  test("are refused unless they are JSONL for a batch, and in a form", async () => {
    const { upload, postTo } = await batches();
    const wrongName = await upload("{}", "input.txt");
    expect(wrongName.status).toBe(400);
    expect((await failureOf(wrongName)).message).toContain("Must be .jsonl");
    expect((await upload("{}", "input.jsonl", "fine-tune")).status).toBe(400);
    expect((await postTo("/files", {})).status).toBe(400);
  });
});
