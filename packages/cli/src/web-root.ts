import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./usage.ts";

/** The built web app: beside the compiled code in an installed package, in packages/web/dist in a checkout. */
export function webRoot(): string {
  const beside = join(import.meta.dirname, "../../web");
  // What stands there in a checkout is the app's source.
  const built = existsSync(join(beside, "package.json")) ? join(beside, "dist") : beside;
  if (existsSync(join(built, "index.html"))) return built;
  throw new UsageError("The screens are not built yet. Build them: npm run build:web");
}
