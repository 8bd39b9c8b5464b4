import { chmod, lstat, mkdir, readlink, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Account, accountOf, asRoot } from "./account.ts";

/** Where one data directory's Postgres lies. */
export interface Place {
  /** Postgres's own data directory, by its real path. */
  readonly cluster: string;
  readonly log: string;
  /** Whom Postgres runs as; undefined: our own account. */
  readonly account: Account | undefined;
}

/** The name in a data directory of its cluster, or of the symbolic link to where that had to be put. */
export const clusterIn = (dataDir: string): string => join(dataDir, "postgres");

/** Makes the data directory where it is missing; answers its real path. */
export async function makeDataDirectory(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true });
  return await realpath(dataDir);
}

/** The place of a data directory's Postgres, undefined before it is created. Throws when it was and is gone. */
export async function placeIn(dataDir: string): Promise<Place | undefined> {
  const name = clusterIn(dataDir);
  const found = await lstat(name).catch(absent);
  if (found === undefined) return undefined;
  const cluster = await realpath(name).catch(absent);
  if (cluster === undefined)
    throw new Error(`its Postgres was at ${await readlink(name)}, which is not there any more`);
  return { cluster, log: join(dataDir, "postgres.log"), account: await accountOf(cluster) };
}

/**
 * Makes the place of what belongs to no data directory, and answers it: as root the system's place for data, which
 * everybody may enter whatever root's umask, else the user's cache.
 */
export async function makeSharedPlace(): Promise<string> {
  const place = asRoot()
    ? "/var/lib/countersign"
    : join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "countersign");
  await mkdir(place, { recursive: true });
  if (asRoot()) await chmod(place, 0o755);
  return place;
}

/** Turns the failure to find a file into undefined; any other is thrown on. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
