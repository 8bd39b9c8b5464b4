import { Command, Option } from "@commander-js/extra-typings";
import { startServer } from "@countersign/server";
import { announceServer, databaseOf, withdrawServer } from "../data-directory.ts";
import { log } from "../log.ts";
import { opened } from "../opened.ts";
import { remark } from "../output.ts";
import { portNumber } from "../port.ts";
import { untilStopped } from "../signals.ts";
import { version } from "../version.ts";
import { webRoot } from "../web-root.ts";

export const defaultPort = 4270;

/** Where a long-running command finds its database: a given address, else the data directory's own. */
export const databaseOptions = (command: Command) =>
  command
    .option("--data-dir <dir>", "where the embedded database is (or COUNTERSIGN_DATA_DIR)")
    .addOption(
      new Option(
        "--database-url <url>",
        "an external Postgres instead of the embedded one (or COUNTERSIGN_DATABASE_URL)",
      ).conflicts("dataDir"),
    );

export const serve = () =>
  databaseOptions(new Command("serve"))
    .description("serve the screens and the API, and work on jobs")
    .option("--host <address>", "off loopback, nothing answers without a token", "127.0.0.1")
    .option("--port <n>", "where to listen; 0 takes a free port", portNumber, defaultPort)
    .option("--import-urls", "let who has a token have files downloaded from https addresses")
    .option("--json", "print the address as JSON")
    .action(async (options) => {
      const database = databaseOf(options);
      const server = opened(
        await startServer({
          database,
          environment: {
            ...process.env,
            ...(options.importUrls && { COUNTERSIGN_IMPORT_URLS: "on" }),
          },
          log: log("info"),
          version,
          webRoot: webRoot(),
          host: options.host,
          port: options.port,
        }),
      );
      if ("dataDir" in database) announceServer(database.dataDir, server.url);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ url: server.url })}\n`
          : `Countersign is at ${server.url}\n`,
      );
      remark("Ctrl-C stops it; jobs under way go on at the next start.");
      await untilStopped();
      if ("dataDir" in database) withdrawServer(database.dataDir);
      await server.close();
    });
