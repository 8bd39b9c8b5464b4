import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshEngine } from "../../../test/fresh-database.ts";
import { hasSharedData, sharedData } from "../../../test/shared-data.ts";
import type { Engine } from "../src/index.ts";
import { freshProject, imported, refused, storedRecords } from "./importing.ts";

/** Public files with odd columns, quoted line breaks and repeated texts; they lie beside the project, if anywhere. */
describe.skipIf(!hasSharedData)("the shared data", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await freshEngine();
  });
  afterAll(() => engine.close());

  const read = (file: string) => readFile(join(sharedData, file));

  test.each([
    ["stance/stance.csv", "csv", { key: "", text: "text" }, 2299, 253],
    ["misinfo/misinfo.csv", "csv", { key: "", text: "headline" }, 1923, 0],
    ["sms-spam/sms_spam_train.tsv", "tsv", { key: "id", text: "text" }, 4458, 274],
    ["media-bias-llms/all_runs_zero-shot.csv", "csv", { text: "text" }, 3021, 0],
  ] as const)(
    "%s is imported whole, and once",
    async (file, format, mapping, rows, repeatedTexts) => {
      const project = await freshProject(engine);
      const bytes = await read(file);
      const options = { format, mapping, chunk: 65_536 };
      const first = await imported(engine, project, bytes, options);
      expect(first).toMatchObject({ rows, added: rows, unchanged: 0, repeatedTexts });
      const stored = await storedRecords(engine, project);
      expect(stored).toHaveLength(rows);
      expect(await imported(engine, project, bytes, options)).toMatchObject({
        rows,
        added: 0,
        unchanged: rows,
      });
    },
  );

  test("a file without a key column whose texts repeat is refused, naming the lines", async () => {
    const project = await freshProject(engine);
    const file = await read("politeness/politeness_dataset.csv");
    const problem = await refused(engine, project, file, {
      mapping: { text: "Text" },
      chunk: 65_536,
    });
    expect(problem.rows).toHaveLength(11);
    expect(problem.what).toMatch(/^The file was not imported: 11 rows of it cannot be taken\. /);
  });
});
