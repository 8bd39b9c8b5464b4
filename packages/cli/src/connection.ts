import { Countersign } from "@countersign/sdk";
import { openLocal } from "@countersign/server";
import type { CommonOptions } from "./command.ts";
import { databaseOf, runningServer } from "./data-directory.ts";
import { log } from "./log.ts";
import { opened } from "./opened.ts";
import { UsageError } from "./usage.ts";
import { version } from "./version.ts";

export interface Connection {
  readonly client: Countersign;
  /** Whether a server will go on with background work when this command has ended. */
  readonly lasting: boolean;
}

/**
 * Runs a command against the server it names; else the one that runs on its data directory; else one that lives inside this
 * process, on the data directory's database, for as long as the command does.
 */
export async function connected<Value>(
  options: CommonOptions,
  act: (connection: Connection) => Promise<Value>,
): Promise<Value> {
  if (options.server !== undefined) {
    if (options.dataDir !== undefined)
      throw new UsageError(
        "--server and --data-dir exclude each other: a server has its own data.",
      );
    if (!URL.canParse(options.server))
      throw new UsageError(
        `--server ${options.server} is no address; it looks like http://127.0.0.1:4270`,
      );
    const token = process.env.COUNTERSIGN_TOKEN;
    return act({
      client: new Countersign({ url: options.server, ...(token && { token }) }),
      lasting: true,
    });
  }
  const database = databaseOf(options);
  const url = "dataDir" in database ? await runningServer(database.dataDir) : undefined;
  if (url !== undefined) return act({ client: new Countersign({ url }), lasting: true });
  const local = opened(
    await openLocal({ database, environment: process.env, log: log("warn"), version }),
  );
  try {
    return await act({
      client: new Countersign({ url: "http://localhost", fetch: local.fetch }),
      lasting: false,
    });
  } finally {
    await local.close();
  }
}

/** The project a command is about: the one named, else the only one there is. */
export async function projectOf(client: Countersign, options: CommonOptions): Promise<string> {
  if (options.project !== undefined) return options.project;
  const { items } = await client.projects.list({ limit: 20 });
  const [only, ...others] = items;
  if (only === undefined)
    throw new UsageError("There is no project yet. Make one: countersign project create NAME");
  if (others.length > 0)
    throw new UsageError(`Which project? --project ${items.map((item) => item.name).join(" | ")}`);
  return only.name;
}
