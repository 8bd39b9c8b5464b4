import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "vite";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

const isBuilt = (): boolean => existsSync(join(dist, "index.html"));

/** Directory of the built app. `npm test` builds it beforehand; where nobody has, it is built now, once. */
export async function builtApp(): Promise<string> {
  if (isBuilt()) return dist;
  const directory = await mkdtemp(join(root, "dist-"));
  await build({ root, logLevel: "error", build: { outDir: directory, emptyOutDir: true } });
  if (isBuilt()) await rm(directory, { recursive: true });
  else {
    // A build that failed leaves a part of itself.
    await rm(dist, { recursive: true, force: true });
    await rename(directory, dist);
  }
  return dist;
}
