import { execFile } from "node:child_process";
import { access, chown, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { spawnAs } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import type { Place } from "./place.ts";

const run = promisify(execFile);

export const superuser = "countersign";

/**
 * Creates the cluster unless it is there. It is made under a name of its own and renamed when complete, so that it is
 * whole or absent, and of two processes that create it at once the second finds it there.
 */
export async function createCluster(place: Place, binaries: Binaries): Promise<void> {
  if (await exists(place.cluster)) return;
  const making = join(place.directory, `postgres.${process.pid}`);
  await rm(making, { recursive: true, force: true });
  await mkdir(making, { mode: 0o700 });
  if (place.account) await chown(making, place.account.uid, place.account.gid);
  await initialise(making, place, binaries);
  await rename(making, place.cluster).catch(async (error: NodeJS.ErrnoException) => {
    await rm(making, { recursive: true, force: true });
    if (!(await exists(place.cluster))) throw error;
  });
}

/**
 * Text is ordered by code point and folded by Unicode's tables inside Postgres: the order is the same on every machine
 * and no upgrade of the system changes it under the indexes. What a letter is for trigrams still comes from the system's
 * LC_CTYPE, hence a UTF-8 one where there is any.
 */
async function initialise(making: string, place: Place, binaries: Binaries): Promise<void> {
  const locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const characters = process.platform === "win32" ? ["C"] : ["C.UTF-8", "en_US.UTF-8", "C"];
  let failure: unknown;
  for (const type of characters) {
    const options = ["-D", making, "-U", superuser, "--encoding=UTF8", ...locale];
    options.push(`--lc-ctype=${type}`, "--no-instructions", "--auth=trust");
    try {
      await run(binaries.initdb, options, spawnAs(place.account));
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
