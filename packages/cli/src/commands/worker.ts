import { Command } from "@commander-js/extra-typings";
import { startWorkerProcess } from "@countersign/server";
import { databaseOf } from "../data-directory.ts";
import { log } from "../log.ts";
import { opened } from "../opened.ts";
import { remark } from "../output.ts";
import { untilStopped } from "../signals.ts";
import { databaseOptions } from "./serve.ts";

export const worker = () =>
  databaseOptions(new Command("worker"))
    .description("work on jobs beside a server, on this machine or another")
    .action(async (options) => {
      const worker = opened(
        await startWorkerProcess({
          database: databaseOf(options),
          environment: process.env,
          log: log("info"),
        }),
      );
      remark("Working on jobs. Ctrl-C stops; what is under way is stored or given back.");
      await untilStopped();
      await worker.close();
    });
