/**
 * Builds what `npm pack` ships into dist/: compiled JavaScript and types of every package but the web app, which becomes
 * static files, and the data that code reads from beside itself. Inside dist/ packages find each other by path,
 * so that the published package is one and needs no workspace.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");

/** Files that are no code but are read by code beside them. */
const data = [
  "packages/engine/src/store/migrations/*.sql",
  "packages/cli/src/demo/*.{csv,json,jsonl}",
];

const run = (command: string, ...options: string[]): void => {
  execFileSync(join(root, "node_modules/.bin", command), options, { cwd: root, stdio: "inherit" });
};

rmSync(dist, { recursive: true, force: true });
run("tsc", "-p", "tsconfig.build.json");
run(
  "vite",
  "build",
  "packages/web",
  "--outDir",
  join(dist, "web"),
  "--emptyOutDir",
  "--logLevel",
  "warn",
);

for (const file of globSync("**/*.{js,d.ts}", { cwd: dist, exclude: ["web/**"] })) {
  const path = join(dist, file);
  const source = readFileSync(path, "utf8");
  const linked = source.replaceAll(/(["'])@countersign\/([a-z]+)\1/g, (_all, quote, name) => {
    const target = relative(dirname(path), join(dist, name, "src/index.js")).replaceAll("\\", "/");
    return `${quote}${target.startsWith(".") ? target : `./${target}`}${quote}`;
  });
  // The compiler rewrites extensions in code but leaves those in declarations as they are.
  writeFileSync(
    path,
    file.endsWith(".d.ts")
      ? linked.replaceAll(/(["']\.{1,2}\/[^"'\n]*)\.ts(["'])/g, "$1.js$2")
      : linked,
  );
}

for (const file of globSync(data, { cwd: root }))
  cpSync(join(root, file), join(dist, relative("packages", file)));
