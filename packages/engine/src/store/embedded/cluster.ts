import { execFile } from "node:child_process";
import { chown, mkdir, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Account, accountForNew, canEnter, spawnAs } from "./account.ts";
import { superuser } from "./address.ts";
import type { Binaries } from "./binaries.ts";
import { guard } from "./credentials.ts";
import { clusterIn, makeSharedPlace } from "./place.ts";

const run = promisify(execFile);

/**
 * Creates a data directory's cluster. It is made under a name of its own and published by one act of the file system
 * when complete, so that it is whole or absent, and of two processes that create it at once one finds the other's.
 */
export async function createCluster(dataDir: string, binaries: Binaries): Promise<void> {
  const account = accountForNew();
  const elsewhere = account !== undefined && !canEnter(account, dataDir);
  const parent = elsewhere ? await makeSharedPlace() : dataDir;
  const made = join(parent, `postgres-${crypto.randomUUID()}`);
  await mkdir(made, { mode: 0o700 });
  try {
    if (account) await chown(made, account.uid, account.gid);
    await initialise(made, account, binaries);
    if (elsewhere) await symlink(made, clusterIn(dataDir));
    else await rename(made, clusterIn(dataDir));
  } catch (error) {
    await rm(made, { recursive: true });
    if (!isTaken(error)) throw error;
  }
}

/**
 * Text is ordered by code point and folded by Unicode's tables inside Postgres: the order is the same on every machine
 * and no upgrade of the system changes it under the indexes. What a letter is for trigrams still comes from the
 * system's LC_CTYPE, hence a UTF-8 one where there is any.
 */
async function initialise(
  made: string,
  account: Account | undefined,
  binaries: Binaries,
): Promise<void> {
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const always = ["-D", made, "-U", superuser, "--encoding=UTF8", "--no-instructions", ...locale];
  const characters = process.platform === "win32" ? ["C"] : ["C.UTF-8", "en_US.UTF-8", "C"];
  const guarded = await guard(made);
  let failure: unknown;
  for (const type of characters) {
    const options = [...always, `--lc-ctype=${type}`, ...guarded.options];
    try {
      await run(binaries.initdb, options, spawnAs(account));
      return await guarded.complete();
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function isTaken(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EEXIST" || code === "ENOTEMPTY";
}
