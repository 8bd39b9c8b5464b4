import { globSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Who may import whom. An arrow that is not here does not exist. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ["core"],
  sdk: ["core", "contract"],
  engine: ["core"],
  server: ["core", "contract", "engine"],
  simulator: [],
  // The command starts an engine, a server or the simulator; their data it reaches through the SDK.
  cli: ["core", "sdk", "engine", "server", "simulator"],
  web: ["core", "sdk"],
};

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Manifest;

/** Specifiers of every import and re-export in a file, the dynamic ones too. */
const importsOf = (file: string): string[] =>
  [
    ...readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\b[^;"']*?\bfrom\s+"([^"]+)"|^import\s+"([^"]+)"|\bimport\(\s*"([^"]+)"/gm,
    ),
  ].flatMap((found) => found[1] ?? found[2] ?? found[3] ?? []);

const packageOf = (specifier: string): string =>
  specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");

describe.each(Object.entries(arrows))("package %s", (name, allowed) => {
  const folder = join("packages", name);
  const files = globSync(`${folder}/src/**/*.{ts,tsx}`, { cwd: root }).map((path) =>
    join(root, path),
  );
  const sources = files.filter((path) => !/\.test\.tsx?$/.test(path));

  it("imports only the packages below it, by their names", () => {
    const siblings = sources.flatMap(importsOf).filter((path) => path.startsWith("@countersign/"));
    const permitted = allowed.map((sibling) => `@countersign/${sibling}`);
    expect([...new Set(siblings)].filter((path) => !permitted.includes(path))).toEqual([]);
  });

  it("never reaches outside its own folder by a path", () => {
    const escapes = sources.filter((file) =>
      importsOf(file).some(
        (path) => path.startsWith(".") && !join(file, "..", path).startsWith(join(root, folder)),
      ),
    );
    expect(escapes).toEqual([]);
  });

  it("declares what it imports, and imports what it declares", () => {
    const manifest = manifestOf(folder);
    const declared = Object.keys(manifest.dependencies ?? {});
    const imported = new Set(
      sources
        .flatMap(importsOf)
        .filter((path) => !path.startsWith(".") && !path.startsWith("node:"))
        .map(packageOf)
        .filter((dependency) => !builtinModules.includes(dependency)),
    );
    const styles = globSync(`${folder}/src/**/*.css`, { cwd: root }).map((path) =>
      readFileSync(join(root, path), "utf8"),
    );
    const used = (dependency: string) =>
      imported.has(dependency) || styles.some((css) => css.includes(dependency));
    expect([...imported].filter((dependency) => !declared.includes(dependency))).toEqual([]);
    expect(declared.filter((dependency) => !used(dependency))).toEqual([]);
  });
});

describe("the published package", () => {
  it("depends on exactly what its parts need at run time, at the same versions", () => {
    const needed: Record<string, string> = {};
    const optional: Record<string, string> = {};
    // The web app is built into static files: what it imports is inside them.
    for (const name of Object.keys(arrows).filter((part) => part !== "web")) {
      const manifest = manifestOf(join("packages", name));
      Object.assign(needed, manifest.dependencies);
      Object.assign(optional, manifest.optionalDependencies);
    }
    const outside = Object.fromEntries(
      Object.entries(needed).filter(([name]) => !name.startsWith("@countersign/")),
    );
    const published = manifestOf(".");
    expect(published.dependencies).toEqual(outside);
    expect(published.optionalDependencies).toEqual(optional);
  });
});
