import { createHash } from "node:crypto";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Actor, type Engine, tokens } from "@countersign/engine";
import { type Connection, isForwarded } from "./connection.ts";
import { failedAttempts } from "./failed-attempts.ts";
import { localUser } from "./local-user.ts";
import { checkOrigin } from "./origin.ts";

/** Why a request is not answered, with the headers that HTTP wants beside it. */
export interface Refusal {
  readonly problem: Problem<
    "token-required" | "token-invalid" | "too-many-attempts" | "origin-refused"
  >;
  readonly headers: Readonly<Record<string, string>>;
}

/** Finds in whose name a request is made, or why it is not answered. */
export type Gate = (headers: Headers, connection: Connection) => Promise<Result<Actor, Refusal>>;

/**
 * The one place that decides who is answered. A request with a token is its owner's, or nobody's where the token is not
 * valid. Without one it is the local user's when it comes from this machine, over no proxy and from no other site's page;
 * everything else needs a token.
 */
export function openGate(engine: Engine): Gate {
  const local: Actor = { name: localUser(), how: "local" };
  const failures = failedAttempts();
  // Tokens that were good once are let past the wait that others behind the same address have earned; whether they still
  // are good is asked each time.
  const known = new Set<string>();

  async function ownerOf(secret: string, address: string | undefined) {
    const hash = createHash("sha256").update(secret).digest("base64");
    if (address !== undefined && !known.has(hash)) {
      const wait = failures.secondsToWait(address);
      if (wait > 0) return tooMany(wait);
    }
    const actor = await tokens.authenticate(engine, secret);
    if (actor) {
      known.add(hash);
      return ok(actor);
    }
    known.delete(hash);
    if (address !== undefined) failures.add(address);
    return invalid;
  }

  return async (headers, connection) => {
    const authorization = headers.get("authorization");
    if (authorization !== null) {
      const secret = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
      return secret === undefined ? invalid : ownerOf(secret, connection.address);
    }
    if (connection.remote === "in-process") return ok(local);
    if (connection.remote === "elsewhere" || isForwarded(headers)) return required;
    const origin = checkOrigin(headers);
    return origin.ok ? ok(local) : err({ problem: origin.error, headers: {} });
  };
}

const required = err<Refusal>({
  problem: {
    type: "token-required",
    what: "Without a token this server answers its own machine only.",
    next: "Send one as “Authorization: Bearer …”. On the server's machine `countersign token create NAME` makes one.",
  },
  headers: { "www-authenticate": "Bearer" },
});

const invalid = err<Refusal>({
  problem: {
    type: "token-invalid",
    what: "The token is not valid: it never was, or it has been revoked.",
    next: "Use another. On the server's machine `countersign token create NAME` makes one.",
  },
  headers: { "www-authenticate": 'Bearer error="invalid_token"' },
});

const tooMany = (seconds: number) =>
  err<Refusal>({
    problem: {
      type: "too-many-attempts",
      what: "Too many tokens from this address were not valid.",
      next: `Try again in ${seconds} seconds.`,
    },
    headers: { "retry-after": String(seconds) },
  });
