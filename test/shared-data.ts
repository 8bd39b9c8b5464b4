import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * The public data sets that some tests replay; they are never part of the project. Tests that need them skip where they are
 * absent, and say so in their names.
 */
export const sharedData: string =
  process.env.COUNTERSIGN_SHARED_DATA ?? join(import.meta.dirname, "../../shared/data");

export const hasSharedData: boolean = existsSync(sharedData);
