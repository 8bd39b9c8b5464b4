import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Problem, type Result } from "@countersign/core";
import type { Logger } from "pino";
import type { DatabaseServer } from "../connection.ts";
import { accountForNew } from "./account.ts";
import { addressOf } from "./address.ts";
import { type Binaries, findBinaries } from "./binaries.ts";
import { createCluster } from "./cluster.ts";
import { enter } from "./enter.ts";
import { makeDataDirectory, type Place, placeIn } from "./place.ts";
import { stay } from "./stay.ts";

/**
 * Joins the Postgres of a data directory: creates it the first time, starts it where it does not run. Any number of
 * processes may do so at once. For as long as we are in it, a server that dies is started again; the last process to
 * leave stops it.
 */
export async function joinPostgres(
  dataDir: string,
  log: Logger,
): Promise<Result<DatabaseServer, Problem<"data-directory-unusable" | "postgres-unavailable">>> {
  try {
    const directory = await makeDataDirectory(dataDir);
    const existing = await placeIn(directory);
    const binaries = await findBinaries(existing ? existing.account : accountForNew());
    if (!binaries.ok) return binaries;
    const place = existing ?? (await create(directory, binaries.value, log));
    await checkVersion(place, binaries.value);
    const first = await enter(place, binaries.value);
    return ok({
      target: await addressOf(place),
      leave: stay(place, binaries.value, first, log),
    });
  } catch (error) {
    return err({
      type: "data-directory-unusable",
      what: `The data directory ${dataDir} cannot be used: ${wordsOf(error)}`,
      kept: "Whatever it holds was left as it is.",
      next: "Make it readable and writable for this account, or name another one with --data-dir.",
    });
  }
}

async function create(directory: string, binaries: Binaries, log: Logger): Promise<Place> {
  await createCluster(directory, binaries);
  const place = await placeIn(directory);
  if (place === undefined) throw new Error("it was emptied while its Postgres was being created");
  log.info({ postgres: place.cluster }, "Postgres created");
  return place;
}

/** A cluster is of one major version of Postgres; turning it into another's is not ours to do. */
async function checkVersion({ cluster }: Place, { version }: Binaries): Promise<void> {
  const made = (await readFile(join(cluster, "PG_VERSION"), "utf8")).trim();
  if (made !== version)
    throw new Error(`it was made by Postgres ${made}, and this is Postgres ${version}`);
}

/** A failed program's own words rather than the command line that Node puts before them. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return "stderr" in error && error.stderr ? String(error.stderr).trim() : error.message;
}
