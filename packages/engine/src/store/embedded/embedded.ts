import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { err, ok, type Problem, type Result } from "@countersign/core";
import type pg from "pg";
import type { Logger } from "pino";
import type { DatabaseServer } from "../connection.ts";
import { accountForNew } from "./account.ts";
import { addressOf } from "./address.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { makeDataDirectory, type Place, placeIn } from "./place.ts";
import { startPostmaster, stopPostmaster } from "./postmaster.ts";
import { clearStaleLock, isLocked, serverOf } from "./postmaster-lock.ts";
import { appear, isLast } from "./presence.ts";

/**
 * Joins the Postgres of a data directory: creates it the first time, starts it where it does not run. Any number of
 * processes may do so at once. For as long as we are in it, a server that dies is started again; the last process to
 * leave stops it.
 */
export async function joinPostgres(
  dataDir: string,
  log: Logger,
): Promise<Result<DatabaseServer, Problem<"data-directory-unusable" | "postgres-unavailable">>> {
  try {
    const directory = await makeDataDirectory(dataDir);
    const existing = await placeIn(directory);
    const binaries = await findBinaries(existing ? existing.account : accountForNew());
    if (!binaries.ok) return binaries;
    const place = existing ?? (await create(directory, binaries.value, log));
    await checkVersion(place, binaries.value);
    const first = await enter(place, binaries.value);
    return ok({
      target: await addressOf(place),
      leave: stay(place, binaries.value, first, log),
    });
  } catch (error) {
    return err({
      type: "data-directory-unusable",
      what: `The data directory ${dataDir} cannot be used: ${wordsOf(error)}`,
      kept: "Whatever it holds was left as it is.",
      next: "Make it readable and writable for this account, or name another one with --data-dir.",
    });
  }
}

async function create(directory: string, binaries: Binaries, log: Logger): Promise<Place> {
  await createCluster(directory, binaries);
  const place = await placeIn(directory);
  if (place === undefined) throw new Error("it was emptied while its Postgres was being created");
  log.info({ postgres: place.cluster }, "Postgres created");
  return place;
}

/** A cluster is of one major version of Postgres; turning it into another's is not ours to do. */
async function checkVersion({ cluster }: Place, { version }: Binaries): Promise<void> {
  const made = (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  if (made !== version)
    throw new Error(`it was made by Postgres ${made}, and this is Postgres ${version}`);
}

/** Milliseconds between looks at a server that comes up, between tries of one that does not start, and until we give up. */
const pace = { look: 20, retry: 250, answer: 60_000 };

/**
 * How often a server is started that exits again. Where it exits by itself and leaves another's lock, processes of a
 * killed server are still about, which hold its memory until they have seen its end; otherwise it cannot start.
 */
const tries = { locked: 40, failing: 3 };

/** Comes to be present in the server, starting it where it does not run. Throws, with its log's end, when it stays away. */
async function enter(place: Place, binaries: Binaries): Promise<pg.Client> {
  const address = await addressOf(place);
  let started: ChildProcess | undefined;
  let starts = 0;
  let since = Date.now();
  for (;;) {
    const presence = await appear(address);
    if (presence.is === "present") return presence.client;
    // Recovery after a crash takes as long as it takes, and says that it is under way.
    if (presence.is === "starting") since = Date.now();

    const runs =
      (started !== undefined && !hasExited(started)) || (await serverOf(place)) !== undefined;
    const most =
      started?.signalCode === null && (await isLocked(place)) ? tries.locked : tries.failing;
    if (presence.is === "absent" && (runs ? Date.now() - since > pace.answer : starts >= most))
      throw new Error(`its Postgres does not answer: ${presence.reason}${await endOf(place.log)}`);
    if (!runs) {
      if (starts > 0) await sleep(pace.retry);
      await clearStaleLock(place);
      started = await startPostmaster(place, binaries);
      starts += 1;
    }
    await sleep(pace.look);
  }
}

const hasExited = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Keeps us present until the function answered is called, starting a server that died again. */
function stay(place: Place, binaries: Binaries, first: pg.Client, log: Logger) {
  const where = { postgres: place.cluster };
  let leaving = false;

  const watch = (client: pg.Client): pg.Client =>
    client.once("end", () => {
      if (!leaving) present = comeBack();
    });

  const comeBack = async (): Promise<pg.Client | undefined> => {
    log.warn(where, "Postgres has gone; starting it again");
    while (!leaving) {
      try {
        const client = watch(await enter(place, binaries));
        log.warn(where, "Postgres is back with everything that was committed");
        return client;
      } catch (error) {
        log.error({ ...where, err: error }, "Postgres does not come back; trying again");
      }
    }
    return undefined;
  };

  let present: Promise<pg.Client | undefined> = Promise.resolve(watch(first));
  return async (): Promise<void> => {
    leaving = true;
    const client = await present;
    if (client === undefined) return;
    if (await isLast(client).catch(() => false)) await stopPostmaster(place, binaries);
    await client.end().catch(() => undefined);
  };
}

async function endOf(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  const lines = text.trim().split("\n").slice(-4);
  return lines.length === 0 ? "" : `\nThe end of ${log}:\n${lines.join("\n")}`;
}

/** A failed program's own words rather than the command line that Node puts before them. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "stderr" in error && error.stderr ? String(error.stderr).trim() : error.message;
}
