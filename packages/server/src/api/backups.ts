import type { api } from "@countersign/contract";
import { ok } from "@countersign/core";
import { backups as useCases } from "@countersign/engine";
import type { Handlers } from "./endpoint.ts";
import { fileStream } from "./streams.ts";

export const backups: Handlers<typeof api.backups> = {
  download: async ({ engine, actor, version }) => {
    engine.log.info({ actor: actor.name }, "a backup is taken");
    const content = useCases.write(engine, { version });
    return ok(
      fileStream("application/vnd.countersign.backup+zip", "countersign-backup.zip", content),
    );
  },
  restore: ({ engine, actor, file }) => useCases.restore(engine, actor, { body: file }),
};
