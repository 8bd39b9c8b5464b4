import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

const main = join(import.meta.dirname, "../../packages/cli/src/main.ts");

/** Who can be killed. Postgres is started, and started again, by the other two alone. */
export const victims = ["server", "worker", "postgres"] as const;
export type Victim = (typeof victims)[number];
type Role = Exclude<Victim, "postgres">;

/** The processes of one data directory as a user runs them: `countersign serve` and `countersign worker`. */
export class Cast {
  readonly #dataDir: string;
  readonly #log: string;
  readonly #running = new Map<Role, ChildProcess>();
  /** Who ended without being told to, and with what exit code. */
  readonly deserters: string[] = [];
  #stopping = false;
  #url: Promise<string> = Promise.reject(new Error("no server was started"));

  /** @param log the file that both write what they have to say to */
  constructor(dataDir: string, log: string) {
    this.#dataDir = dataDir;
    this.#log = log;
    this.#url.catch(() => undefined);
  }

  /** Where the server is, once it has come so far. */
  get url(): Promise<string> {
    return this.#url;
  }

  async start(role: Role): Promise<void> {
    const words = role === "server" ? ["serve", "--port", "0", "--json"] : ["worker"];
    const log = await open(this.#log, "a");
    const child = spawn(process.execPath, [main, ...words, "--data-dir", this.#dataDir], {
      stdio: ["ignore", "pipe", log.fd],
    });
    await once(child, "spawn");
    await log.close();
    this.#running.set(role, child);
    child.once("exit", (code, signal) => {
      if (signal !== "SIGKILL" && !this.#stopping)
        this.deserters.push(`the ${role} ended by itself with ${code ?? signal}`);
    });
    if (role === "server") {
      this.#url = urlFrom(child);
      // A server that is killed on its way is no failure of ours.
      this.#url.catch(() => undefined);
    }
  }

  /** Kills a process as the system's out-of-memory killer would; returns when it is gone. */
  async kill(victim: Victim): Promise<void> {
    if (victim === "postgres") return await killPostgres(this.#dataDir);
    const child = this.#running.get(victim);
    if (child === undefined || hasEnded(child)) return;
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  }

  /** Roles whose process is not there, whoever ended it. */
  get missing(): Role[] {
    return victims.filter((victim): victim is Role => {
      if (victim === "postgres") return false;
      const child = this.#running.get(victim);
      return child === undefined || hasEnded(child);
    });
  }

  /** Stops what runs as a user would; kills what takes too long. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const child of this.#running.values()) {
      if (hasEnded(child)) continue;
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      const impatient = setTimeout(() => child.kill("SIGKILL"), 20_000);
      await gone;
      clearTimeout(impatient);
    }
    await killPostgres(this.#dataDir);
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

async function urlFrom(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the server has no output");
  for await (const line of createInterface(child.stdout)) {
    const said = JSON.parse(line) as { readonly url: string };
    return said.url;
  }
  throw new Error("the server ended before it listened");
}

/** How a data directory's Postgres is reached while it runs, as its own lock file has it. */
export interface Postmaster {
  readonly pid: number;
  readonly host: string;
  readonly port: number;
}

/** The lock file's Postgres; undefined where there is none. It may have been killed. */
export async function postmasterOf(dataDir: string): Promise<Postmaster | undefined> {
  const lock = await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8").catch(() => "");
  const [pid, , , port, host] = lock.split("\n");
  return pid && port && host ? { pid: Number(pid), port: Number(port), host } : undefined;
}

async function killPostgres(dataDir: string): Promise<void> {
  const postmaster = await postmasterOf(dataDir);
  // The lock of one that was killed may name a process that is somebody else's by now.
  if (postmaster !== undefined && (await commandOf(postmaster.pid)).includes(dataDir))
    process.kill(postmaster.pid, "SIGKILL");
}

/** A process's command line; empty where there is none. Linux only. */
const commandOf = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
