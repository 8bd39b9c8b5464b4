import { chown, lstat, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { superuser } from "./cluster.ts";
import { type Place, shortHash } from "./place.ts";

/** A Unix socket's address holds 107 bytes, of which Postgres's file name takes these. */
const longestSocketDirectory = 107 - "/.s.PGSQL.5432".length;

/**
 * The directory of a place's socket: in it where the path is short and plain enough, else in /tmp under a name derived
 * from it, so that every process finds the same.
 */
export function socketDirectory(place: Place): string {
  const within = join(place.directory, "socket");
  const plain = /^[\w./-]+$/.test(within);
  if (plain && within.length <= longestSocketDirectory) return within;
  return `/tmp/countersign-${shortHash(place.directory)}`;
}

/**
 * Makes the socket's directory, which only the account may enter: that, and no password, is what keeps others out.
 * Throws where somebody else has made it.
 */
export async function makeSocketDirectory(place: Place): Promise<void> {
  const directory = socketDirectory(place);
  const uid = place.account?.uid ?? process.getuid?.();
  const made = await mkdir(directory, { mode: 0o700 }).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
      return false;
    },
  );
  if (made && place.account) await chown(directory, place.account.uid, place.account.gid);
  const found = await lstat(directory);
  if (!found.isDirectory() || found.uid !== uid || (found.mode & 0o077) !== 0)
    throw new Error(`${directory} belongs to somebody else or is open to others`);
}

/** How a place's server is connected to. */
export function addressOf(place: Place): pg.PoolConfig {
  return {
    host: socketDirectory(place),
    port: 5432,
    user: superuser,
    database: "postgres",
    ssl: false,
  };
}
