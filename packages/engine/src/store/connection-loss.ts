import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Store } from "./connection.ts";

/** SQLSTATEs of a server that is going or not yet there; all of class 08 are connection failures too. */
const goingOrComing = new Set(["57P01", "57P02", "57P03"]);

const lostSocket = new Set(["ECONNREFUSED", "ECONNRESET", "ENOENT", "EPIPE", "ETIMEDOUT"]);

/** The driver gives the loss of an open connection no code. */
const lostClient =
  /^(Connection terminated|Client (was closed|has encountered a connection error))/;

/**
 * Whether an act failed because the database went away, and not for what it asked. A transaction under way is undone;
 * one that was being committed may or may not have been, so that whoever repeats it must bear both.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof pg.DatabaseError)
    return (
      error.code !== undefined && (goingOrComing.has(error.code) || error.code.startsWith("08"))
    );
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError) return error.errors.every(isConnectionLoss);
  if ("code" in error && "syscall" in error) return lostSocket.has(String(error.code));
  return lostClient.test(error.message);
}

/** Resolves when the database answers again; rejects when the signal aborts. An embedded one is being restarted meanwhile. */
export async function untilAnswers(
  store: Pick<Store, "pool">,
  signal?: AbortSignal,
): Promise<void> {
  for (let pause = 20; ; pause = Math.min(pause * 2, 1000)) {
    try {
      await store.pool.query("select 1");
      return;
    } catch (error) {
      if (!isConnectionLoss(error)) throw error;
      await sleep(pause, undefined, signal ? { signal } : {});
    }
  }
}
