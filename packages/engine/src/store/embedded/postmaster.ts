import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { spawnAs } from "./account.ts";
import { listening, removeSocketDirectory } from "./address.ts";
import type { Binaries } from "./binaries.ts";
import { absent, type Place } from "./place.ts";
import { serverOf } from "./postmaster-lock.ts";
import { settings } from "./settings.ts";

const run = promisify(execFile);

/** Bytes of log that are kept, at a start, beside the log that is begun. */
const largestLog = 1024 * 1024;

/**
 * Starts a cluster's server. It outlives us: it has a session of its own and writes to its own log. Where another
 * process starts it at the same time one of the two exits at once, because Postgres lets only one serve a cluster.
 */
export async function startPostmaster(place: Place, binaries: Binaries): Promise<ChildProcess> {
  const chosen = { ...settings(), ...(await listening(place)) };
  const options = Object.entries(chosen).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const log = await openLog(place);
  try {
    const postmaster = spawn(binaries.postgres, ["-D", place.cluster, ...options], {
      ...spawnAs(place.account),
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
    });
    await once(postmaster, "spawn");
    postmaster.unref();
    return postmaster;
  } finally {
    await log.close();
  }
}

/** Stops the server: statements under way are cut, what is committed is on disk. Returns when it is gone. */
export async function stopPostmaster(place: Place, binaries: Binaries): Promise<void> {
  const server = await serverOf(place);
  if (server === undefined) return;
  const options = ["stop", "-D", place.cluster, "-m", "fast", "-W", "-s"];
  await run(binaries.pgCtl, options, spawnAs(place.account));
  // pg_ctl's own waiting would go on to wait for a server that another process starts at once.
  while ((await serverOf(place)) === server) await sleep(10);
  await removeSocketDirectory(place);
}

async function openLog({ log, account }: Place): Promise<FileHandle> {
  const found = await stat(log).catch(absent);
  if (found !== undefined && found.size > largestLog) await rename(log, `${log}.1`);
  const opened = await open(log, "a", 0o600);
  if (account) await opened.chown(account.uid, account.gid);
  return opened;
}
