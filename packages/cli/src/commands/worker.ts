import { Command } from "@commander-js/extra-typings";
import { startWorkerProcess } from "@countersign/server";
import { dataDirectory } from "../data-directory.ts";
import { log } from "../log.ts";
import { remark } from "../output.ts";
import { untilStopped } from "../signals.ts";
import { databaseOptions } from "./serve.ts";

export const worker = () =>
  databaseOptions(new Command("worker"))
    .description("work on jobs beside a server, on this machine or another")
    .action(async (options) => {
      const running = await startWorkerProcess({
        database:
          options.databaseUrl === undefined
            ? { dataDir: dataDirectory(options.dataDir) }
            : { url: options.databaseUrl },
        environment: process.env,
        log: log("info"),
      });
      remark("Working on jobs. Ctrl-C stops; what is under way is stored or given back.");
      await untilStopped();
      await running.close();
    });
