import { execFile, spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { bareEnvironment, printed, temporaryFolder } from "./countersign.ts";

const root = join(import.meta.dirname, "../../..");
const run = promisify(execFile);

/** How npm reaches its registry here, as the npm that runs the tests was told; nothing else of that run is passed on. */
const npmSettings = Object.fromEntries(
  ["HOME", "npm_config_globalconfig", "npm_config_userconfig", "npm_config_cache"].flatMap(
    (name) => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value]];
    },
  ),
);

it("the packed package, installed in an empty folder, runs the demo, every other command, and types its SDK", {
  timeout: 300_000,
}, async () => {
  await using folder = await temporaryFolder();
  const environment = bareEnvironment({
    HOME: folder.path,
    COUNTERSIGN_DATA_DIR: join(folder.path, "data"),
  });
  await run("npm", ["pack", "--pack-destination", folder.path], { cwd: root });
  const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as {
    version: string;
  };
  await writeFile(join(folder.path, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--prefer-offline", "--no-audit", `./countersign-${version}.tgz`], {
    cwd: folder.path,
    env: { ...environment, ...npmSettings },
  });
  const installed = join(folder.path, "node_modules/countersign/dist/cli/src/main.js");
  const command = (...words: string[]) =>
    run(process.execPath, [installed, ...words], { cwd: folder.path, env: environment });

  for (const name of [
    "serve",
    "worker",
    "project",
    "schema",
    "records",
    "agent",
    "job",
    "compare",
    "simulate",
    "token",
  ])
    expect((await command(name, "--help")).stdout).toContain(`Usage: countersign ${name}`);

  const demo = spawn(process.execPath, [installed, "demo", "--port", "0"], {
    cwd: folder.path,
    env: environment,
  });
  const ended = new Promise<number | null>((resolve) => demo.once("close", resolve));
  const [, url = ""] = await printed(demo, /Review: (http:\S+?)\/p\/demo\/review/);
  const page = await (await fetch(`${url}/p/demo/review`)).text();
  const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1] ?? "";
  expect((await fetch(url + script)).headers.get("content-type")).toContain("javascript");
  demo.kill("SIGINT");
  expect(await ended).toBe(0);

  const { stdout } = await command("records", "search", "--keyword", "airline", "--json");
  expect(JSON.parse(stdout).records.length).toBeGreaterThan(0);

  await writeFile(
    join(folder.path, "use.ts"),
    'import { Countersign } from "countersign";\nconst client = new Countersign({ url: "http://127.0.0.1:1" });\nexport const name: Promise<string> = client.projects.get({ project: "demo" }).then((project) => project.name);\n',
  );
  const { stdout: diagnostics } = await run(
    process.execPath,
    [
      join(root, "node_modules/typescript/bin/tsc"),
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2023",
      "--lib",
      "esnext,dom",
      "use.ts",
    ],
    { cwd: folder.path },
  ).catch((failure: { stdout: string }) => failure);
  expect(diagnostics).toBe("");
});
