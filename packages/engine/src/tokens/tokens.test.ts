import { afterAll, beforeAll, expect, test } from "vitest";
import { freshEngine } from "../../../../test/fresh-database.ts";
import { given } from "../../../../test/given.ts";
import type { Actor } from "../actor.ts";
import type { Engine } from "../engine.ts";
import { authenticate, create, list, revoke } from "./index.ts";

const ann: Actor = { name: "ann", how: "local" };

let engine: Engine;
beforeAll(async () => {
  engine = await freshEngine();
});
afterAll(() => engine.close());

const newToken = async (name: string) => given(await create(engine, ann, { name }));

const lastUsedOf = async (id: number) =>
  (
    await engine.db
      .selectFrom("tokens")
      .select("last_used_at")
      .where("id", "=", id)
      .executeTakeFirstOrThrow()
  ).last_used_at;

test("a token's secret speaks in its owner's name; nothing else does", async () => {
  const { secret } = await newToken("ben");
  expect(secret).toMatch(/^cs_[\w-]{43}$/);
  expect(await authenticate(engine, secret)).toEqual({ name: "ben", how: "token" });
  expect(await authenticate(engine, `${secret}x`)).toBeUndefined();
  expect(await authenticate(engine, "")).toBeUndefined();
});

test("the secret is neither listed nor in the database", async () => {
  const { secret, ...token } = await newToken("cleo");
  const listed = await list(engine);
  expect(listed.ok && listed.value.items[0]).toEqual(token);
  const rows = await engine.pool.query("select tokens::text as row from tokens");
  expect(JSON.stringify(rows.rows)).not.toContain(secret);
});

test("a revoked token authenticates nobody, and can be revoked once", async () => {
  const { secret, id } = await newToken("dan");
  expect(await revoke(engine, ann, { token: id })).toMatchObject({ value: { id, name: "dan" } });
  expect(await authenticate(engine, secret)).toBeUndefined();
  expect(await revoke(engine, ann, { token: id })).toMatchObject({
    error: { type: "token-not-found" },
  });
});

test("when a token was last used is written once a minute at most", async () => {
  const { secret, id } = await newToken("eve");
  expect(await lastUsedOf(id)).toBeNull();
  await authenticate(engine, secret);
  const first = await lastUsedOf(id);
  expect(first).not.toBeNull();
  await authenticate(engine, secret);
  expect(await lastUsedOf(id)).toBe(first);

  await engine.pool.query("update tokens set last_used_at = now() - interval '61 seconds'");
  const longAgo = await lastUsedOf(id);
  await authenticate(engine, secret);
  expect(await lastUsedOf(id)).not.toBe(longAgo);
});
