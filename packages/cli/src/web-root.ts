import { existsSync } from "node:fs";
import { join } from "node:path";

/** The built web app: beside the compiled code in an installed package, in packages/web in a checkout. */
export function webRoot(): string {
  const installed = join(import.meta.dirname, "../../web");
  return existsSync(join(installed, "index.html"))
    ? installed
    : join(import.meta.dirname, "../../web/dist");
}
