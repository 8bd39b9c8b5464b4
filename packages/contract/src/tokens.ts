import { z } from "zod";
import { route } from "./route.ts";

export const Token = z
  .object({
    id: z.int(),
    name: z
      .string()
      .meta({ description: "Who it stands for: changes made with it carry this name" }),
    createdAt: z.iso.datetime(),
    createdBy: z.string(),
    lastUsedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Token" });
export type Token = z.infer<typeof Token>;

/** The operations on tokens, by verb. */
export const tokens = {
  create: route({
    id: "tokens.create",
    method: "post",
    path: "/tokens",
    summary: "Create a token; its secret is in this reply only",
    body: z.strictObject({ name: z.string().min(1).max(100) }),
    response: Token.extend({ secret: z.string() }),
  }),

  list: route({
    id: "tokens.list",
    method: "get",
    path: "/tokens",
    summary: "Tokens, newest first",
    response: z.object({ items: z.array(Token) }),
  }),

  revoke: route({
    id: "tokens.revoke",
    method: "delete",
    path: "/tokens/{token}",
    summary: "Revoke a token; requests with it are refused from now on",
    params: z.object({ token: z.coerce.number<number>().int() }),
    response: Token,
    problems: ["token-not-found"],
  }),
};
