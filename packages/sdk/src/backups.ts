import { api } from "@countersign/contract";
import type { RestoreReport } from "@countersign/core";
import type { CallOptions, FileBody, Transport } from "./transport.ts";

export const backups = (transport: Transport) => ({
  /** Everything that the server has, in one archive: its bytes, as they come. */
  async download(options?: CallOptions): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const response = await transport.send(api.backups.download, {}, options);
    return response.body ?? new Blob().stream();
  },

  /** Brings a backup into a server without projects: all of it, or nothing. */
  restore({ file }: { file: FileBody }, options?: CallOptions): Promise<RestoreReport> {
    const body = { body: file, media: "application/vnd.countersign.backup+zip" as const };
    return transport.json(api.backups.restore, {}, { ...options, file: body });
  },
});
