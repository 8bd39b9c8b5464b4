import { execFile } from "node:child_process";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { socketLock } from "./address.ts";
import { absent, type Place } from "./place.ts";

const run = promisify(execFile);

/** Postgres's own lock on a cluster: its first line is the number of the process that serves it. */
const lockFile = (place: Place): string => join(place.cluster, "postmaster.pid");

const readLock = (place: Place): Promise<string | undefined> =>
  readFile(lockFile(place), "utf8").catch(absent);

/** Whether a server of the cluster is there or was killed. */
export const isLocked = async (place: Place): Promise<boolean> =>
  (await readLock(place)) !== undefined;

/** The process number that the cluster's lock names, if that process is alive and serves it. */
export async function serverOf(place: Place): Promise<number | undefined> {
  const lock = await readLock(place);
  if (lock === undefined || (await holderOf(lock, place)) !== "server") return undefined;
  return pidIn(lock);
}

/**
 * Removes the locks of a dead server whose process number has gone to another process, as it readily does in a
 * container that starts anew; every other stale lock Postgres knows for what it is. The lock is moved aside to be looked
 * at once more, so that the lock of a server that another process has started meanwhile is put back and not lost.
 */
export async function clearStaleLock(place: Place): Promise<void> {
  const stale = await readLock(place);
  if (stale === undefined || (await holderOf(stale, place)) !== "stranger") return;
  const aside = `${lockFile(place)}.${process.pid}`;
  await rename(lockFile(place), aside).catch(absent);
  const moved = await readFile(aside, "utf8").catch(absent);
  if (moved === undefined) return;
  if (moved !== stale) return await rename(aside, lockFile(place));
  await rm(socketLock(place), { force: true });
  await rm(aside);
}

/** What the process is that a lock names: a server of this cluster, another program, or nothing alive. */
async function holderOf(lock: string, place: Place): Promise<"server" | "stranger" | "nobody"> {
  const pid = pidIn(lock);
  if (pid === 0 || !isAlive(pid)) return "nobody";
  if (process.platform === "win32") return "server";
  return (await commandOf(pid)).includes(place.cluster) ? "server" : "stranger";
}

/** Zero while the lock is being written. */
const pidIn = (lock: string): number => Number(lock.split("\n")[0]);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** A process's command line; empty where it is gone or has died and waits to be reaped. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux")
    return await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  const listed = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => undefined);
  return listed?.stdout ?? "";
}
