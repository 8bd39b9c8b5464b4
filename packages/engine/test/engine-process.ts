import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

const program = join(import.meta.dirname, "engine-process-main.ts");

/** Another process with an engine of its own on a data directory. */
export class EngineProcess implements AsyncDisposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #errors = "";

  /** As root it may run as another account. */
  constructor(dataDir: string, account?: { readonly uid: number; readonly gid: number }) {
    this.#child = spawn(process.execPath, [program, dataDir], {
      ...account,
      env: { ...process.env, HOME: join(dataDir, ".."), XDG_CACHE_HOME: "" },
    });
    this.#child.stderr.on("data", (text) => {
      this.#errors += text;
    });
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /** What it says next, first whether it has opened. */
  async next(): Promise<unknown> {
    const line = await this.#lines.next();
    if (line.done) throw new Error(`the process has ended: ${this.#errors}`);
    return JSON.parse(line.value);
  }

  query(sql: string): Promise<unknown> {
    this.#child.stdin.write(`${sql}\n`);
    return this.next();
  }

  async close(): Promise<void> {
    await this.query("close");
  }

  async kill(): Promise<void> {
    const gone = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await gone;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await this.kill();
  }
}
