import { type ChildProcess, execFile, spawn } from "node:child_process";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { spawnAs } from "./account.ts";
import { makeSocketDirectory, socketDirectory } from "./address.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";
import { settings } from "./settings.ts";

const run = promisify(execFile);

const largestLog = 1024 * 1024;

/**
 * Starts the server. It outlives us: it has its own session and writes to its own log. Where another process starts it
 * at the same time, this one exits at once, because Postgres lets only one serve a cluster.
 */
export async function startPostmaster(place: Place, binaries: Binaries): Promise<ChildProcess> {
  await makeSocketDirectory(place);
  const options = { ...settings(), ...listening(place) };
  const flags = Object.entries(options).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await openLog(place.log);
  const child = spawn(binaries.postgres, ["-D", place.cluster, ...flags], {
    ...spawnAs(place.account),
    detached: true,
    stdio: ["ignore", log.fd, log.fd],
  });
  child.unref();
  await log.close();
  return child;
}

/** Stops the server: statements under way are cut, everything committed is on disk. Returns when it is gone. */
export async function stopPostmaster(place: Place, binaries: Binaries): Promise<void> {
  const options = ["stop", "-D", place.cluster, "-m", "fast", "-w", "-t", "600", "-s"];
  await run(binaries.pgCtl, options, spawnAs(place.account));
}

const listening = (place: Place) => ({
  listen_addresses: "",
  unix_socket_directories: socketDirectory(place),
  unix_socket_permissions: "0700",
});

async function openLog(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largestLog) await rename(path, `${path}.1`);
  return await open(path, "a");
}

/** Whether the server that the cluster's lock file names is alive, and is that server. */
export async function postmasterRuns(place: Place): Promise<boolean> {
  const pid = Number((await readLock(place))?.split("\n")[0]);
  if (!Number.isInteger(pid) || !isAlive(pid)) return false;
  return (await commandOf(pid)).includes(place.cluster);
}

const lockFile = (place: Place) => join(place.cluster, "postmaster.pid");

const readLock = (place: Place): Promise<string | undefined> =>
  readFile(lockFile(place), "utf8").catch(() => undefined);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A process's command line; empty for one that is gone or waits to be reaped. */
async function commandOf(pid: number): Promise<string> {
  if (process.platform === "linux")
    return await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  const listed = await run("ps", ["-o", "command=", "-p", String(pid)]).catch(() => undefined);
  return listed?.stdout ?? "";
}

/**
 * Removes the lock files of a server that died without doing so. Postgres does it itself unless the number of the dead
 * process has gone to another, as it readily does in a container that starts anew. The lock is moved aside before it is
 * judged, so that the lock of a server that another process has just started is never lost.
 */
export async function clearStaleLock(place: Place): Promise<void> {
  const aside = join(place.directory, `postmaster.pid.${process.pid}`);
  const stale = await readLock(place);
  if (stale === undefined || (await postmasterRuns(place))) return;
  await rename(lockFile(place), aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => undefined);
  if (moved === undefined) return;
  if (moved !== stale) return await rename(aside, lockFile(place));
  await rm(aside);
  await rm(join(socketDirectory(place), ".s.PGSQL.5432.lock"), { force: true });
}
