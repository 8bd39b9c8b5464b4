import { type Engine, startWorker } from "@countersign/engine";
import { Countersign } from "@countersign/sdk";
import { serve } from "@countersign/server";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, expect } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { builtApp } from "./built-app.ts";
import { chromiumPath } from "./chromium.ts";

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: "light" | "dark";
}

/** A server with the built app on a database of its own, and a worker that runs its jobs. */
export interface Desk extends AsyncDisposable {
  readonly url: string;
  readonly engine: Engine;
  /** The SDK as the local user: to set the stage, and to see what came of it. */
  readonly client: Countersign;
  /** Opens a path in a browser profile of its own. What goes wrong in the page fails the test when the desk is left. */
  open(path: string, look?: Look): Promise<Page>;
}

const flags = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"];

/** The file's Chromium, launched when it is first needed. */
let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await chromiumPath(), args: flags });
}

export interface DeskOptions {
  readonly environment?: Engine["environment"];
  /** Off loopback the server asks for tokens. */
  readonly host?: string;
}

/** Serves the app; the browser is the test file's, the server and its database are the desk's. */
export async function openDesk({
  environment,
  host = "127.0.0.1",
}: DeskOptions = {}): Promise<Desk> {
  browser ??= launch();
  const [running, engine, webRoot] = await Promise.all([
    browser,
    freshEngine(environment),
    builtApp(),
  ]);
  const server = await serve({ engine, host, port: 0, version: "0.0.0", webRoot });
  if (!server.ok) throw new Error(server.error.what);
  const { url, close } = server.value;
  const worker = startWorker(engine);
  const faults: string[] = [];
  const pages: Page[] = [];
  return {
    url,
    engine,
    client: new Countersign({ url }),
    async open(path, { width = 1280, height = 800, scheme = "light" } = {}) {
      const context = await running.newContext({
        viewport: { width, height },
        colorScheme: scheme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      page.setDefaultTimeout(20_000);
      page.on("pageerror", (error) => faults.push(error.message));
      // A request that was refused is the app's to handle; what else the console calls an error is a fault.
      page.on("console", (message) => {
        const refused = message.text().startsWith("Failed to load resource");
        if (message.type() === "error" && !refused) faults.push(message.text());
      });
      pages.push(page);
      await page.goto(url + path);
      return page;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pages.map((page) => page.context().close()));
      await close();
      await worker.stop();
      await engine.close();
      expect(faults).toEqual([]);
    },
  };
}
