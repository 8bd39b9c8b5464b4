import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import type { Logger } from "pino";
import type { Binaries } from "./binaries.ts";
import { enter } from "./enter.ts";
import type { Place } from "./place.ts";
import { stopPostmaster } from "./postmaster.ts";
import { isLast } from "./presence.ts";

/** Milliseconds before a server that did not come back is tried again: the first time, and at most. */
const pause = { first: 1000, most: 30_000 };

/**
 * Keeps us present in a server, starting it again when it dies, until the function answered is called. That leaves it,
 * and stops it if nobody else is there.
 */
export function stay(
  place: Place,
  binaries: Binaries,
  entered: pg.Client,
  log: Logger,
): () => Promise<void> {
  const where = { postgres: place.cluster };
  const leaving = new AbortController();

  const watch = (client: pg.Client): pg.Client =>
    client.once("end", () => {
      if (!leaving.signal.aborted) present = comeBack();
    });

  const comeBack = async (): Promise<pg.Client | undefined> => {
    log.warn(where, "Postgres has gone; starting it again");
    for (let wait = pause.first; !leaving.signal.aborted; wait = Math.min(wait * 2, pause.most)) {
      try {
        const client = watch(await enter(place, binaries));
        log.warn(where, "Postgres is back with everything that was committed");
        return client;
      } catch (error) {
        log.error({ ...where, err: error }, "Postgres does not come back; it is tried again");
        await sleep(wait, undefined, leaving).catch(() => undefined);
      }
    }
    return undefined;
  };

  let present: Promise<pg.Client | undefined> = Promise.resolve(watch(entered));
  return async () => {
    leaving.abort();
    const client = await present;
    if (client === undefined) return;
    if (await isLast(client).catch(() => false)) await stopPostmaster(place, binaries);
    await client.end().catch(() => undefined);
  };
}
