import { createHash } from "node:crypto";
import { mkdir, readFile, realpath, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { type Account, accountFor, canEnter } from "./account.ts";

/** Where one data directory's Postgres lies, and the account it runs as. */
export interface Place {
  /** Holds the cluster, its log and its socket. */
  readonly directory: string;
  /** Postgres's own data directory; absent until it is created whole. */
  readonly cluster: string;
  readonly log: string;
  readonly account: Account | undefined;
}

/** Where things lie that several data directories share: as root the system's place for data, else the user's cache. */
export function sharedPlace(): string {
  if (process.getuid?.() === 0) return "/var/lib/countersign";
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache");
  return join(caches, "countersign");
}

/**
 * The place of a data directory's Postgres: in it, or, where it lies behind a directory that only root may enter while
 * Postgres must not be root, under {@link sharedPlace}; then the file `postgres-is-at` in the data directory names it.
 */
export async function placeOf(dataDir: string): Promise<Place> {
  await mkdir(dataDir, { recursive: true });
  const directory = await realpath(dataDir);
  const pointer = join(directory, "postgres-is-at");
  const elsewhere = await readFile(pointer, "utf8").catch(() => undefined);
  if (elsewhere !== undefined) return place(elsewhere.trim());

  const account = await accountFor(join(directory, "postgres"));
  if (account === undefined || canEnter(account, directory)) return place(directory);

  const reachable = join(sharedPlace(), shortHash(directory));
  await mkdir(reachable, { recursive: true });
  await writeFile(pointer, `${reachable}\n`);
  return place(reachable);
}

async function place(directory: string): Promise<Place> {
  const cluster = join(directory, "postgres");
  return {
    directory,
    cluster,
    log: join(directory, "postgres.log"),
    account: await accountFor(cluster),
  };
}

/** Names a directory in twelve characters. */
export const shortHash = (path: string): string =>
  createHash("sha256").update(path).digest("hex").slice(0, 12);
