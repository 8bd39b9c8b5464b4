import { ExportOptions } from "@countersign/core";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { given } from "../../../test/given.ts";
import { exports, records } from "../src/index.ts";
import {
  bytesOf,
  finished,
  grow,
  kill,
  number,
  sharedEngine,
  startProcess,
  working,
} from "./background.ts";
import { ann } from "./importing.ts";
import { labelledProject } from "./labelled-project.ts";
import { until } from "./labelling.ts";

const asked = (project: string, options: object = {}) => ({
  ...ExportOptions.parse(options),
  project,
});

describe("an export in the background", () => {
  test("is the same file as one that is taken at once, and is there until it is removed", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one", "two"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 3000);
    const { project } = made;
    working(engine);
    for (const format of ["jsonl", "xlsx"] as const) {
      const begun = given(await exports.create(engine, ann, asked(project, { format })));
      expect(begun).toMatchObject({ state: "waiting", link: null, createdBy: "ann" });
      const done = await finished(engine, project, begun.id);
      expect(done).toMatchObject({
        state: "done",
        records: { done: 3002, total: 3002 },
        link: `/api/v1/projects/${project}/exports/${begun.id}/file`,
        filename: `${project}.${format}`,
      });
      const file = given(await exports.file(engine, { project, export: begun.id }));
      const bytes = await bytesOf(file.content);
      expect(bytes.length).toBe(done.bytes);
      const direct = given(await records.exportFile(engine, asked(project, { format })));
      expect(bytes === (await bytesOf(direct))).toBe(true);
    }
    expect(given(await exports.list(engine, { project, limit: 1 }))).toMatchObject({
      items: [{ id: 2 }],
      next: "2",
    });
    given(await exports.remove(engine, { project, export: 1 }));
    await until(async () => (await number(engine, "select count(*) from exports")) === 1);
    expect(await number(engine, "select count(*) from export_parts where export_id = 1")).toBe(0);
    expect(await exports.file(engine, { project, export: 1 })).toMatchObject({
      error: { type: "export-not-found" },
    });
  });

  test("whose process is killed is begun anew, and its file is whole and of one moment", async () => {
    await using shared = await sharedEngine();
    const { engine, url } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    await grow(engine, made.id, made.jobs[0] ?? 0, 6000);
    const { project } = made;
    const { id } = given(await exports.create(engine, ann, asked(project)));
    const child = startProcess(url);
    await until(async () => (await number(engine, "select count(*) from export_parts")) > 2);
    await kill(child);
    const left = given(await exports.get(engine, { project, export: id }));
    expect(left.state).toBe("running");
    expect(await exports.file(engine, { project, export: id })).toMatchObject({
      error: { type: "export-not-possible", what: `Export ${id} is not written yet.` },
    });
    await engine.db.deleteFrom("records").where("key", "=", "big1").execute();

    working(engine);
    expect(await finished(engine, project, id)).toMatchObject({
      state: "done",
      records: { done: 6000, total: 6000 },
    });
    const file = given(await exports.file(engine, { project, export: id }));
    const direct = given(await records.exportFile(engine, asked(project)));
    expect((await bytesOf(file.content)) === (await bytesOf(direct))).toBe(true);
  });

  test("that is cancelled leaves nothing, and one that turns out impossible says why", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const made = await labelledProject(engine, { texts: ["one"] });
    const { project } = made;
    const first = given(await exports.create(engine, ann, asked(project)));
    expect(given(await exports.cancel(engine, ann, { project, export: first.id }))).toMatchObject({
      state: "cancelled",
      link: null,
    });
    const second = given(await exports.create(engine, ann, asked(project, { format: "xlsx" })));
    await engine.db
      .updateTable("records")
      .set({ content: "x".repeat(40_000) })
      .execute();
    working(engine);
    expect(await finished(engine, project, second.id)).toMatchObject({
      state: "failed",
      problem: { what: expect.stringContaining("32,767 characters") },
    });
    expect(given(await exports.get(engine, { project, export: first.id })).state).toBe("cancelled");
    expect(await number(engine, "select count(*) from export_parts")).toBe(0);
  });

  test("goes by itself when its time is over", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one"] });
    working(engine);
    const { id } = given(await exports.create(engine, ann, asked(project)));
    await finished(engine, project, id);
    await sql`update exports set expires_at = now() - interval '1 minute'`.execute(engine.db);
    await until(async () => (await number(engine, "select count(*) from exports")) === 0);
    expect(await number(engine, "select count(*) from export_parts")).toBe(0);
  });

  test("is refused at once where it cannot be", async () => {
    await using shared = await sharedEngine();
    const { engine } = shared;
    const { project } = await labelledProject(engine, { texts: ["one"] });
    expect(await exports.create(engine, ann, asked(project, { columns: ["no"] }))).toMatchObject({
      error: { type: "export-not-possible" },
    });
    expect(await exports.get(engine, { project, export: 7 })).toMatchObject({
      error: { type: "export-not-found" },
    });
  });
});
