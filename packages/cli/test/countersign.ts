import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const main = join(import.meta.dirname, "../src/main.ts");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a newcomer: nothing of ours in it but what a test sets. */
export const bareEnvironment = (set: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  ...set,
});

/** A command line under way, for commands that stay until they are stopped. */
export function start(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
) {
  const child = spawn(process.execPath, [main, ...words], {
    env: bareEnvironment(environment),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const finished: Promise<Finished> = Promise.all([
    new Promise<number | null>((resolve) => child.once("close", resolve)),
    text(child.stdout),
    text(child.stderr),
  ]).then(([code, stdout, stderr]) => ({ code, stdout, stderr }));
  return { child, finished };
}

/** Runs one command line to its end. */
export function countersign(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  input = "",
): Promise<Finished> {
  const { child, finished } = start(words, environment);
  child.stdin.end(input);
  return finished;
}

/** Resolves with what has been printed once it matches; fails when the process ends first. */
export function printed(
  child: ReturnType<typeof start>["child"],
  pattern: RegExp,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let seen = "";
    child.stdout.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      const found = pattern.exec(seen);
      if (found) resolve(found);
    });
    child.stderr.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
    });
    child.once("close", () => reject(new Error(`ended before printing ${pattern}:\n${seen}`)));
  });
}

/** A new folder that is gone when the scope is left. */
export async function temporaryFolder(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "countersign-test-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5 }),
  };
}
