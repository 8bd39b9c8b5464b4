import { spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";

/** An account of the operating system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Owns nothing and needs not be made; Postgres runs as it where we are root. */
const nobody: Account = { uid: 65534, gid: 65534 };

/**
 * The account that Postgres must run as for a cluster, or undefined for our own. Postgres refuses to run as root: there,
 * a cluster that exists runs as its owner and a new one as nobody.
 */
export async function accountFor(cluster: string): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const owner = await stat(cluster).catch(() => nobody);
  return owner.uid === 0 ? nobody : { uid: owner.uid, gid: owner.gid };
}

/** How Postgres's programs are spawned: as the account, and with none of our environment, which holds keys. */
export function spawnAs(account: Account | undefined) {
  const env =
    process.platform === "win32" ? { SystemRoot: process.env.SystemRoot } : { LC_ALL: "C" };
  return { ...account, cwd: process.platform === "win32" ? process.cwd() : "/", env };
}

/** Whether the account may enter a directory and all that it lies in; asked of the system, which knows every rule. */
export function canEnter(account: Account, directory: string): boolean {
  const entering = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", directory], spawnAs(account));
  return entering.status === 0;
}
