import type { Actor } from "@countersign/engine";
import type { MiddlewareHandler } from "hono";
import { problemResponse } from "../problem-response.ts";
import type { Connection } from "./connection.ts";
import type { Gate } from "./gate.ts";

/** What a guarded request carries: where it came from, and in whose name it is made. */
export interface Guarded {
  Bindings: { readonly connection: Connection };
  Variables: { actor: Actor };
}

/** Lets a request through with its actor, or answers it with the gate's refusal. */
export const guard =
  (gate: Gate): MiddlewareHandler<Guarded> =>
  async (c, next) => {
    const caller = await gate(c.req.raw.headers, c.env.connection);
    if (!caller.ok) return problemResponse(caller.error.problem, caller.error);
    c.set("actor", caller.value);
    return next();
  };
