import { z } from "zod";

/** The data page's state, all of it in the address. */
export const DataSearch = z.object({
  q: z.string().optional().catch(undefined),
  open: z.int().optional().catch(undefined),
});
export type DataSearch = z.infer<typeof DataSearch>;
