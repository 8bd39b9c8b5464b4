import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly name?: string;
  readonly version: string;
}

/** The version of the `countersign` package that this file is part of, checked out or installed. */
export const version: string = (() => {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const path = join(folder, "package.json");
    if (!existsSync(path)) continue;
    const manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
    if (manifest.name === "countersign") return manifest.version;
  }
})();
