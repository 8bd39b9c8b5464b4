import { chmod, cp, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { given } from "../../../test/given.ts";
import { nobody } from "../src/store/embedded/account.ts";
import { findBinaries, installedPackage } from "../src/store/embedded/binaries.ts";
import { makeSharedPlace } from "../src/store/embedded/place.ts";

const asRoot = process.getuid?.() === 0;

let installed: string;
beforeEach(async () => {
  installed = join(await mkdtemp(join(tmpdir(), "binaries-")), "package");
  await cp(installedPackage() ?? "", installed, { recursive: true, verbatimSymlinks: true });
  for (const link of await libraryLinks()) await rm(link);
});
afterEach(() => rm(dirname(installed), { recursive: true }));

async function libraryLinks(): Promise<string[]> {
  const libraries = join(installed, "native", "lib");
  const entries = await readdir(libraries, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isSymbolicLink() ? [join(libraries, entry.name)] : []));
}

test("a package whose install script npm did not run is completed where it lies", async () => {
  const binaries = given(await findBinaries(undefined, installed));
  expect(binaries).toMatchObject({
    postgres: join(installed, "native", "bin", "postgres"),
    version: "18",
  });
  expect(await libraryLinks()).not.toEqual([]);
});

test("programs that do not run here are told so, and no copy of them is kept", async () => {
  await writeFile(
    join(installed, "native", "bin", "postgres"),
    "#!/bin/sh\necho not here >&2; exit 1",
  );
  const manifest = { version: `broken-${process.pid}` };
  await writeFile(join(installed, "package.json"), JSON.stringify(manifest));
  expect(await findBinaries(undefined, installed)).toMatchObject({
    error: {
      type: "postgres-unavailable",
      what: expect.stringContaining("not here"),
      next: expect.stringContaining("--database-url"),
    },
  });
  const kept = await readdir(await makeSharedPlace());
  expect(kept.filter((name) => name.includes(manifest.version))).toEqual([]);
});

test.runIf(asRoot)(
  "where only root may go the programs run from a copy that all may read",
  async () => {
    const before = await readdir(await makeSharedPlace());
    await chmod(dirname(installed), 0o700);
    await chmod(join(installed, "native", "bin"), 0o700);
    await chmod(join(installed, "native", "bin", "postgres"), 0o700);
    const { postgres } = given(await findBinaries(nobody, installed));
    const copy = dirname(dirname(dirname(postgres)));
    expect(dirname(copy)).toBe(await makeSharedPlace());
    expect((await stat(postgres)).mode & 0o777).toBe(0o755);
    expect(given(await findBinaries(nobody, installed)).postgres).toBe(postgres);
    if (!before.includes(basename(copy))) await rm(copy, { recursive: true });
  },
);
