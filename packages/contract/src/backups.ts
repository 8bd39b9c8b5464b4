import { RestoreReport } from "@countersign/core";
import { z } from "zod";
import { route } from "./route.ts";

const media = "application/vnd.countersign.backup+zip" as const;

/** Everything that a server has, as one file. */
export const backups = {
  download: route({
    id: "backups.download",
    method: "get",
    path: "/backup",
    summary:
      "Everything in one archive, as it is at one moment, while the server goes on; model providers' keys are not in it",
    response: z.string(),
    responseMedia: [media],
  }),

  restore: route({
    id: "backups.restore",
    method: "post",
    path: "/restore",
    summary:
      "Bring a backup into a server without projects: all of it, or nothing; one that an older version made is migrated",
    bodyMedia: [media],
    response: RestoreReport,
    problems: ["backup-unreadable", "database-not-empty", "database-newer"],
  }),
};
