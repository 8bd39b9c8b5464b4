import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { err, ok, type Problem, type Result } from "@countersign/core";
import type pg from "pg";
import type { Logger } from "pino";
import { addressOf } from "./address.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { type Place, placeOf } from "./place.ts";
import { clearStaleLock, postmasterRuns, startPostmaster, stopPostmaster } from "./postmaster.ts";
import { appear, isLast } from "./presence.ts";

/** Our part in a data directory's Postgres. */
export interface EmbeddedPostgres {
  readonly target: pg.PoolConfig;
  /** Leaves the server; the last process to leave stops it. Call it when every other connection of ours is closed. */
  leave(): Promise<void>;
}

/** Milliseconds that a server is given to come up, from the last sign that it is about to. */
const patience = 30_000;

/**
 * Joins the Postgres of a data directory: creates it the first time, starts it where it is not running. Any number of
 * processes may do so at once. For as long as we are in it a server that dies is started again.
 */
export async function joinPostgres(
  dataDir: string,
  log: Logger,
): Promise<Result<EmbeddedPostgres, Problem<"data-directory-unusable" | "postgres-unavailable">>> {
  try {
    const place = await placeOf(dataDir);
    const binaries = await findBinaries(place.account);
    if (!binaries.ok) return binaries;
    await createCluster(place, binaries.value);
    const target = addressOf(place);
    const client = await enter(place, binaries.value);
    return ok({ target, leave: stay(place, binaries.value, client, log) });
  } catch (error) {
    return err({
      type: "data-directory-unusable",
      what: `The data directory ${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      kept: "Nothing in it was changed.",
      next: "Make it writable for this account, or name another with --data-dir.",
    });
  }
}

/** Comes to be present in the server, starting it as often as it takes. Throws, with the log's end, when it does not come up. */
async function enter(place: Place, binaries: Binaries): Promise<pg.Client> {
  let started: ChildProcess | undefined;
  let deadline = Date.now() + patience;
  for (;;) {
    const presence = await appear(addressOf(place));
    if (presence.is === "present") return presence.client;
    if (presence.is === "starting") deadline = Date.now() + patience;
    else if (Date.now() > deadline)
      throw new Error(
        `its Postgres does not answer: ${presence.reason}\n${await endOf(place.log)}`,
      );

    const coming =
      started !== undefined && started.exitCode === null && started.signalCode === null;
    if (!coming && !(await postmasterRuns(place))) {
      await clearStaleLock(place);
      started = await startPostmaster(place, binaries);
    }
    await sleep(20);
  }
}

/** Keeps us in the server until the function returned is called. */
function stay(place: Place, binaries: Binaries, first: pg.Client, log: Logger) {
  let leaving = false;
  let present: Promise<pg.Client | undefined> = Promise.resolve(first);

  const watch = (client: pg.Client): pg.Client =>
    client.once("end", () => {
      if (!leaving) present = comeBack();
    });

  const comeBack = async (): Promise<pg.Client | undefined> => {
    log.warn({ directory: place.directory }, "Postgres has gone; starting it again");
    while (!leaving) {
      try {
        const client = await enter(place, binaries);
        log.warn({ directory: place.directory }, "Postgres is back; everything committed is there");
        return watch(client);
      } catch (error) {
        log.error({ error }, "Postgres does not come back; trying on");
      }
    }
    return undefined;
  };

  watch(first);
  return async (): Promise<void> => {
    leaving = true;
    const client = await present;
    if (client === undefined) return;
    if (await isLast(client)) await stopPostmaster(place, binaries);
    await client.end().catch(() => undefined);
  };
}

async function endOf(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  return text.trim().split("\n").slice(-5).join("\n");
}
