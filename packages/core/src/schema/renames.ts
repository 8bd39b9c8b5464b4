import { z } from "zod";

/**
 * Which options of the version before are meant by other values now: label name → former value → present value. Labels
 * that people and jobs gave are mapped so. Two options may become one, but not in a ranking.
 */
export const Renames = z
  .record(z.string(), z.record(z.string(), z.string()))
  .meta({ id: "Renames" });
export type Renames = z.infer<typeof Renames>;
