import { totalmem } from "node:os";

const mebibyte = 1024 * 1024;

/** Settings of the embedded server, given at every start so that they belong to this build and not to the cluster. */
export function settings(): Readonly<Record<string, string>> {
  const memory = Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);
  const share = (part: number, atLeast: number, atMost: number) =>
    `${Math.floor(Math.min(Math.max((memory * part) / mebibyte, atLeast), atMost))}MB`;
  return {
    // What a reply has been paid for must survive the machine.
    fsync: "on",
    synchronous_commit: "on",
    full_page_writes: "on",
    shared_buffers: share(1 / 8, 64, 2048),
    effective_cache_size: share(1 / 2, 256, 65_536),
    work_mem: "16MB",
    maintenance_work_mem: share(1 / 32, 64, 512),
    max_connections: "200",
    // Imports write gigabytes at once; checkpoints in their midst would write pages twice.
    max_wal_size: "4GB",
    // Nothing replicates an embedded server.
    wal_level: "minimal",
    max_wal_senders: "0",
    // The disk is an SSD today: an index page costs little more than the next one.
    random_page_cost: "1.1",
    // Our statements are short or bound by I/O; compiling them costs more than it saves.
    jit: "off",
    timezone: "UTC",
    cluster_name: "countersign",
    // Errors go to whoever sent the statement, and may quote records; the log is for the server's own life.
    log_min_messages: "log",
    log_checkpoints: "off",
  };
}
