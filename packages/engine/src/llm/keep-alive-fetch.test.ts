import { expect, test } from "vitest";
import { startProvider } from "../../test/provider.ts";
import { keepAliveFetch } from "./keep-alive-fetch.ts";

const post = (url: string, init: RequestInit = {}) =>
  keepAliveFetch(url, {
    method: "POST",
    body: JSON.stringify({ messages: [{ role: "user", content: "ü" }] }),
    headers: { "content-type": "application/json", authorization: "Bearer k" },
    ...init,
  });

test("a call arrives whole, and its reply comes back whole", async () => {
  await using provider = await startProvider((call) =>
    call.send(418, { said: call.text }, { "x-one": "1", "set-cookie": "a=b" }),
  );
  const reply = await post(`${provider.address}/chat/completions`);
  expect(reply.status).toBe(418);
  expect(reply.ok).toBe(false);
  expect(reply.headers.get("x-one")).toBe("1");
  expect(await reply.json()).toEqual({ said: "ü" });
  expect(provider.calls[0]?.authorization).toBe("Bearer k");
});

test("a reply without a body is a reply", async () => {
  await using provider = await startProvider((call) => call.response.writeHead(204).end());
  const reply = await post(provider.address);
  expect(reply.status).toBe(204);
  expect(await reply.text()).toBe("");
});

test("a redirect is not followed, so the key goes nowhere else", async () => {
  await using elsewhere = await startProvider((call) => call.send(200, {}));
  await using provider = await startProvider((call) =>
    call.response.writeHead(307, { location: elsewhere.address }).end(),
  );
  expect((await post(provider.address)).status).toBe(307);
  expect(elsewhere.calls).toEqual([]);
});

test("many calls at once are all under way at once", async () => {
  await using provider = await startProvider((call) => setTimeout(() => call.send(200, {}), 300));
  const replies = await Promise.all(Array.from({ length: 256 }, () => post(provider.address)));
  expect(replies.every((reply) => reply.ok)).toBe(true);
  expect(provider.crowd()).toBe(256);
});

test("a call that is given up before or after it was sent is rejected", async () => {
  await using provider = await startProvider(() => stop.abort());
  const stop = new AbortController();
  await expect(post(provider.address, { signal: stop.signal })).rejects.toThrow(
    expect.objectContaining({ name: "AbortError" }),
  );
  await expect(post(provider.address, { signal: stop.signal })).rejects.toThrow(
    expect.objectContaining({ name: "AbortError" }),
  );
});

test("a reply without end is cut off", { timeout: 60_000 }, async () => {
  await using provider = await startProvider((call) => {
    const chunk = Buffer.alloc(2 ** 20, "x");
    const pour = () => {
      while (call.response.write(chunk));
    };
    call.response.on("drain", pour);
    call.response.writeHead(200);
    pour();
  });
  await expect(post(provider.address)).rejects.toThrow("longer than");
});
