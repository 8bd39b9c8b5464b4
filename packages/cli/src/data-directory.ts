import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";

const RunningServer = z.object({ url: z.url(), pid: z.int() });

/** The data directory a command works on: as given, else COUNTERSIGN_DATA_DIR, else the user's own. */
export function dataDirectory(given: string | undefined): string {
  const own =
    process.platform === "win32"
      ? join(process.env.LOCALAPPDATA ?? homedir(), "countersign")
      : join(process.env.XDG_DATA_HOME ?? join(homedir(), ".local", "share"), "countersign");
  return resolve(given ?? process.env.COUNTERSIGN_DATA_DIR ?? own);
}

/** Which database a command works on: the data directory that it names, else the external one that the environment names, else the user's own directory. */
export function databaseOf(options: {
  readonly dataDir?: string | undefined;
  readonly databaseUrl?: string | undefined;
}): { readonly url: string } | { readonly dataDir: string } {
  const url =
    options.databaseUrl ??
    (options.dataDir === undefined ? process.env.COUNTERSIGN_DATABASE_URL : undefined);
  return url === undefined ? { dataDir: dataDirectory(options.dataDir) } : { url };
}

const announcement = (dataDir: string): string => join(dataDir, "server.json");

/**
 * Tells later commands that a server runs on this data directory. One that others can reach asks everybody for a token, so
 * it is of no use to them: they join its database instead.
 */
export function announceServer(dataDir: string, url: string): void {
  if (!/^(?:127\.|localhost$|\[::1\]$)/.test(new URL(url).hostname)) return;
  writeFileSync(announcement(dataDir), `${JSON.stringify({ url, pid: process.pid })}\n`);
}

export function withdrawServer(dataDir: string): void {
  if (announcedServer(dataDir)?.pid === process.pid) rmSync(announcement(dataDir), { force: true });
}

/**
 * The address of the server that runs on this data directory, if one does. An announcement whose process is gone or
 * that does not answer is what a killed server leaves behind, and counts for nothing.
 */
export async function runningServer(dataDir: string): Promise<string | undefined> {
  const announced = announcedServer(dataDir);
  if (!announced || !isAlive(announced.pid)) return undefined;
  try {
    const reply = await fetch(`${announced.url}/api/v1/health`, {
      signal: AbortSignal.timeout(2000),
    });
    return reply.ok ? announced.url : undefined;
  } catch {
    return undefined;
  }
}

function announcedServer(dataDir: string): z.infer<typeof RunningServer> | undefined {
  try {
    return RunningServer.parse(JSON.parse(readFileSync(announcement(dataDir), "utf8")));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
