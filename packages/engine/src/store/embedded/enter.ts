import type { ChildProcess } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { addressOf } from "./address.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";
import { startPostmaster } from "./postmaster.ts";
import { clearStaleLock, isLocked, serverOf } from "./postmaster-lock.ts";
import { appear } from "./presence.ts";

/** Milliseconds between looks at a server that comes up, between tries of one that does not start, and until we give up. */
const pace = { look: 20, retry: 250, answer: 60_000 };

/**
 * How often a server is started that exits again. Where it exits by itself and leaves another's lock, processes of a
 * killed server are still about, which hold its memory until they have seen its end; otherwise it cannot start.
 */
const tries = { locked: 40, failing: 3 };

/** Comes to be present in the server, starting it where it does not run. Throws, with its log's end, when it stays away. */
export async function enter(place: Place, binaries: Binaries): Promise<pg.Client> {
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

async function endOf(log: string): Promise<string> {
  const text = await readFile(log, "utf8").catch(() => "");
  const lines = text.trim().split("\n").slice(-4);
  return lines.length === 0 ? "" : `\nThe end of ${log}:\n${lines.join("\n")}`;
}
