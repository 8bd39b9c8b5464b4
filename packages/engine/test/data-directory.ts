import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, openEngine } from "@countersign/engine";
import { pino } from "pino";
import { given } from "../../../test/given.ts";

/** A data directory of a test's own; its server is killed and its files removed when the test is done. */
export class DataDirectory implements AsyncDisposable {
  readonly path: string;
  readonly #parent: string;

  private constructor(parent: string, path: string) {
    this.#parent = parent;
    this.path = path;
  }

  static async create(name = "data", mode = 0o755): Promise<DataDirectory> {
    const parent = await mkdtemp(join(tmpdir(), "countersign-engine-"));
    await chmod(parent, mode);
    return new DataDirectory(parent, join(parent, name));
  }

  /** An engine of this process on it. */
  async open(): Promise<Engine & AsyncDisposable> {
    const database = { dataDir: this.path };
    const log = pino({ level: "silent" });
    const engine = given(await openEngine({ database, environment: {}, log }));
    return { ...engine, [Symbol.asyncDispose]: engine.close };
  }

  /** Where its cluster really lies. */
  cluster(): Promise<string> {
    return realpath(join(this.path, "postgres"));
  }

  /** The number of its server's process; undefined where none runs. */
  async postmaster(): Promise<number | undefined> {
    const lock = await readFile(join(await this.cluster(), "postmaster.pid"), "utf8").catch(
      () => undefined,
    );
    return lock === undefined ? undefined : Number(lock.split("\n")[0]);
  }

  /** Kills its server as a crash or the system's out-of-memory killer would. */
  async killPostgres(): Promise<void> {
    const pid = await this.postmaster();
    if (pid === undefined) throw new Error("no server runs");
    process.kill(pid, "SIGKILL");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const cluster = await this.cluster().catch(() => undefined);
    if (cluster !== undefined && (await this.postmaster()) !== undefined)
      await this.killPostgres().catch(() => undefined);
    // A killed server's processes write until they have seen its end.
    const wholly = { recursive: true, force: true, maxRetries: 10 };
    if (cluster !== undefined) await rm(cluster, wholly);
    await rm(this.#parent, wholly);
  }
}
