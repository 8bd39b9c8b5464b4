import { spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";

/** An account of the operating system. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Owns nothing and needs not be made; Postgres runs as it where we are root. */
export const nobody: Account = { uid: 65534, gid: 65534 };

export const asRoot = (): boolean => process.getuid?.() === 0;

/**
 * The account that a new cluster belongs to and Postgres runs as; undefined: our own. Postgres refuses to run as root.
 */
export const accountForNew = (): Account | undefined => (asRoot() ? nobody : undefined);

/** The account that Postgres runs as on a cluster that is there: as root its owner, whoever made it. */
export async function accountOf(cluster: string): Promise<Account | undefined> {
  if (!asRoot()) return undefined;
  const { uid, gid } = await stat(cluster);
  return { uid, gid };
}

/** How Postgres's programs are spawned: as the account, and with none of our environment, which holds keys. */
export function spawnAs(account: Account | undefined) {
  return process.platform === "win32"
    ? { env: { SystemRoot: process.env.SystemRoot } }
    : { ...account, cwd: "/", env: { LC_ALL: "C" } };
}

/** Whether the account may enter a directory and all that it lies in; asked of the system, which knows every rule. */
export function canEnter(account: Account, directory: string): boolean {
  const entering = spawnSync("/bin/sh", ["-c", 'cd -- "$1"', "sh", directory], spawnAs(account));
  return entering.status === 0;
}
