import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";

// Windows has no Unix sockets that Postgres and Node share: there the server listens on the loopback address and asks
// for a password. This was written by the manuals; no test run of ours has been on Windows.

/** Where and with what a server on the loopback address is reached; chosen once, when its cluster is made. */
export interface Credentials {
  readonly port: number;
  readonly password: string;
}

const fileIn = (cluster: string): string => join(cluster, "countersign.json");

/** What keeps others out of a cluster that is being made: options for initdb, and what is to be done after it. */
export interface Guard {
  readonly options: readonly string[];
  complete(): Promise<void>;
}

/** On Unix the socket's directory is the guard and needs nothing here. */
export async function guard(made: string): Promise<Guard> {
  if (process.platform !== "win32")
    return { options: ["--auth=trust"], complete: async () => undefined };

  const password = randomBytes(32).toString("base64url");
  const credentials: Credentials = { port: await freePort(), password };
  const passwordFile = `${made}.password`;
  await writeFile(passwordFile, password);
  return {
    options: ["--auth=scram-sha-256", `--pwfile=${passwordFile}`],
    complete: async () => {
      await rm(passwordFile);
      await writeFile(fileIn(made), JSON.stringify(credentials));
    },
  };
}

/** What {@link guard} chose. */
export async function readCredentials(cluster: string): Promise<Credentials> {
  return JSON.parse(await readFile(fileIn(cluster), "utf8")) as Credentials;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
