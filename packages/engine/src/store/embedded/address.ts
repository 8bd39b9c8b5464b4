import { createHash } from "node:crypto";
import { chown, lstat, mkdir, rmdir } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { readCredentials } from "./credentials.ts";
import type { Place } from "./place.ts";

export const superuser = "countersign";

/** Names the socket's file; nothing listens on TCP. */
const port = 5432;
const socketFile = `.s.PGSQL.${port}`;

/** The address of a Unix socket holds 107 bytes; macOS allows four less. */
const longestSocketDirectory = 103 - `/${socketFile}`.length;

/**
 * The directory of a cluster's socket: the cluster itself, which only its account may enter, where its path is short
 * and plain enough for Postgres, else one in /tmp with a name derived from that path, so that every process finds it.
 */
function socketDirectory({ cluster }: Place): string {
  if (cluster.length <= longestSocketDirectory && /^[\w./-]+$/.test(cluster)) return cluster;
  const hash = createHash("sha256").update(cluster).digest("hex").slice(0, 12);
  return `/tmp/countersign-${hash}`;
}

/** The lock file that Postgres keeps beside a socket. */
export const socketLock = (place: Place): string =>
  join(socketDirectory(place), `${socketFile}.lock`);

/** How a cluster's server is connected to. */
export async function addressOf(place: Place): Promise<pg.PoolConfig> {
  const account = { user: superuser, database: "postgres", ssl: false };
  if (process.platform !== "win32") return { ...account, host: socketDirectory(place), port };
  return { ...account, host: "127.0.0.1", ...(await readCredentials(place.cluster)) };
}

/** The settings that make a server listen at {@link addressOf} and nowhere else. */
export async function listening(place: Place): Promise<Readonly<Record<string, string>>> {
  if (process.platform === "win32") {
    const { port } = await readCredentials(place.cluster);
    return { listen_addresses: "127.0.0.1", port: String(port), unix_socket_directories: "" };
  }
  const directory = socketDirectory(place);
  if (directory !== place.cluster) await makePrivate(directory, place);
  return {
    listen_addresses: "",
    unix_socket_directories: directory,
    unix_socket_permissions: "0700",
  };
}

/**
 * Makes a directory that only the cluster's account may enter: that, and no password, is what keeps others out. Throws
 * where somebody else has made it before.
 */
async function makePrivate(directory: string, { account }: Place): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
    if (account) await chown(directory, account.uid, account.gid);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const found = await lstat(directory);
  const owner = account?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)
    throw new Error(`${directory} belongs to somebody else, or others may enter it`);
}

/** Removes what {@link listening} made, unless another server has been started there already. */
export async function removeSocketDirectory(place: Place): Promise<void> {
  const directory = socketDirectory(place);
  if (directory !== place.cluster) await rmdir(directory).catch(() => undefined);
}
