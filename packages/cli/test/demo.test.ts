import { join } from "node:path";
import { Countersign } from "@countersign/sdk";
import { expect, it } from "vitest";
import { printed, start, temporaryFolder } from "./countersign.ts";

it("the demo goes a whole round without a key, says that it is simulated, and leaves the review screen open", async () => {
  await using folder = await temporaryFolder();
  const demo = start(["demo", "--port", "0", "--data-dir", join(folder.path, "data")]);
  const [, url = "", job = ""] = await printed(
    demo.child,
    /Review: (http:\S+?)\/p\/demo\/review\?job=(\d+)/,
  );

  const page = await fetch(`${url}/p/demo/review?job=${job}`);
  expect(page.headers.get("content-type")).toContain("text/html");
  const client = new Countersign({ url });
  const done = await client.jobs.get({ project: "demo", job: Number(job) });
  expect(done).toMatchObject({ state: "done", simulated: true });
  expect(done.progress.total).toBeGreaterThanOrEqual(290);

  demo.child.kill("SIGINT");
  const { code, stdout } = await demo.finished;
  expect(code).toBe(0);
  expect(stdout).toContain("SIMULATED");
  expect(stdout).toMatch(/accuracy \d\d\.\d % \(/);
  expect(stdout).toMatch(/Least confident/);
});
