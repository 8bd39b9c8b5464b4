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
  try {
    await build({ root, logLevel: "error", build: { outDir: directory, emptyOutDir: true } });
    // A build that failed leaves a part of itself.
    if (!isBuilt()) await rm(dist, { recursive: true, force: true });
    if (!isBuilt()) await rename(directory, dist);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
  return dist;
}
