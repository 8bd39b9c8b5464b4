import { Countersign } from "@countersign/sdk";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { violations } from "./axe.ts";
import { type Desk, openDesk } from "./browser.ts";
import { openReview, pressed, project, recordText, saved } from "./review-stage.ts";
import { messages, withMessages } from "./stage.ts";

/** A project without jobs, and an assignment to label its messages. */
async function labelling(count: number, more: object = {}): Promise<Desk> {
  const desk = await openDesk();
  await withMessages(desk.client, project, messages(count));
  await desk.client.assignments.create({ project, name: "by hand", mode: "label", ...more });
  return desk;
}

const work = async (desk: Desk, name = "by hand"): Promise<Page> => {
  const page = await desk.open(`/p/${project}/assignments/${encodeURIComponent(name)}/work`);
  await page.locator("[data-option]").first().waitFor();
  return page;
};

const detail = (desk: Desk, assignment = "by hand") =>
  desk.client.assignments.get({ project, assignment });

/** Waits until an assignment stands so. */
const stands = (desk: Desk, progress: object, name?: string) =>
  expect.poll(async () => (await detail(desk, name)).progress).toMatchObject(progress);

const ownLabels = async (desk: Desk) => {
  const { records } = await desk.client.records.search({ project, limit: 100 });
  return records.map(({ labels }) =>
    labels.filter(({ annotator }) => annotator.kind === "person").map(({ value }) => value),
  );
};

test("records are labelled by key in the queue's order, a few held ahead, and at the end nothing is left", async () => {
  await using desk = await labelling(5);
  const page = await work(desk);
  expect(await recordText(page)).toContain("(1)");
  await stands(desk, { held: 3 });
  expect(await violations(page)).toEqual([]);
  for (const key of ["1", "3", "2", "1"]) await pressed(page, key);
  expect(await recordText(page)).toContain("(5)");
  await page.keyboard.press("3");
  await page.getByRole("heading", { name: "Nothing left for you." }).waitFor();
  await saved(page);
  expect(await page.getByText("You have done 5 records").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  expect(await ownLabels(desk)).toEqual([["neg"], ["pos"], ["neu"], ["neg"], ["pos"]]);
  await stands(desk, { complete: 5, done: 5, held: 0 });
});

test("nothing that a model or somebody else says is on the page of who labels", async () => {
  await using desk = await openReview(3);
  await desk.client.assignments.create({ project, name: "by hand", mode: "label" });
  const page = await work(desk);
  const words = await page.locator("main").innerText();
  expect(words).not.toContain("suggested");
  expect(words).not.toContain("simulated-small");
  expect(await page.locator("[data-hand='machine']").count()).toBe(0);
});

test("undone, a label is taken back and the record is in hand again", async () => {
  await using desk = await labelling(4);
  const page = await work(desk);
  await pressed(page, "1");
  await saved(page);
  await stands(desk, { done: 1 });
  await page.keyboard.press("u");
  await page.waitForFunction(() =>
    document.querySelector("section[aria-label='Record']")?.textContent?.includes("(1)"),
  );
  await stands(desk, { done: 0 });
  expect((await ownLabels(desk))[0]).toEqual([]);
  await pressed(page, "2");
  await stands(desk, { done: 1 });
  expect((await ownLabels(desk))[0]).toEqual(["neu"]);
});

test("passed over, a record is free for others and comes back when asked for", async () => {
  await using desk = await labelling(2);
  const page = await work(desk);
  await pressed(page, "Shift+Enter");
  expect(await recordText(page)).toContain("(2)");
  await page.keyboard.press("1");
  await page.getByRole("button", { name: "See the 1 skipped" }).click();
  await page.locator("[data-option]").first().waitFor();
  expect(await recordText(page)).toContain("(1)");
  await page.keyboard.press("3");
  await stands(desk, { complete: 2 });
});

test("whoever leaves the page gives back what is in their hand", async () => {
  await using desk = await labelling(5);
  const page = await work(desk);
  await stands(desk, { held: 3 });
  await page.getByRole("link", { name: "Leave by hand" }).click();
  await page.getByRole("heading", { name: "How far is by hand?" }).waitFor();
  await stands(desk, { held: 0 });
});

test("a window that is closed gives back what is in hand", async () => {
  await using desk = await labelling(5);
  const page = await work(desk);
  await stands(desk, { held: 3 });
  await page.goto("about:blank");
  await stands(desk, { held: 0 });
});

test("two people at once are never shown the same record", async () => {
  await using desk = await labelling(4);
  const { secret } = await desk.client.tokens.create({ name: "ben" });
  const ben = new Countersign({ url: desk.url, token: secret });
  const theirs = await ben.assignments.next({ project, assignment: "by hand", count: 2 });
  const page = await work(desk);
  expect(await recordText(page)).toContain("(3)");
  await pressed(page, "1");
  await page.keyboard.press("1");
  await page.getByText("Others have 2 records in hand").waitFor();
  // Given back, they come to whoever waits for them.
  for (const { record } of theirs.items)
    await ben.assignments.release({ project, assignment: "by hand", records: [record.id] });
  await page.locator("[data-option]").first().waitFor();
  expect(await recordText(page)).toContain("(1)");
});

test("an answer that comes too late is not stored, and said so", async () => {
  await using desk = await labelling(3);
  const { secret } = await desk.client.tokens.create({ name: "ben" });
  const ben = new Countersign({ url: desk.url, token: secret });
  const page = await work(desk);
  await stands(desk, { held: 3 });
  await ben.assignments.release({ project, assignment: "by hand", person: null });
  await ben.assignments.next({ project, assignment: "by hand", count: 1 });
  await page.keyboard.press("1");
  await page.getByRole("alert").getByText("1 label not stored.").waitFor();
  expect(await page.getByRole("alert").innerText()).toContain("others have taken it");
  expect((await ownLabels(desk))[0]).toEqual([]);
});

test("a job's labels are verified with the keys of the review, whatever others have said", async () => {
  await using desk = await openReview(4);
  const { secret } = await desk.client.tokens.create({ name: "ben" });
  const ben = new Countersign({ url: desk.url, token: secret });
  await desk.client.assignments.create({
    project,
    name: "check",
    mode: "verify",
    job: desk.job,
    suggestion: "shown",
    overlap: 2,
  });
  const input = { project, assignment: "check" };
  const { items } = await ben.assignments.next(input);
  const [label] = items[0]?.record.labels ?? [];
  await ben.verifications.record({
    ...input,
    decisions: [{ label: label?.id ?? 0, verdict: "CORRECTS", value: "neu" }],
  });
  const page = await work(desk, "check");
  expect(await recordText(page)).toContain("(1)");
  // ben's word is not to be seen.
  expect(await page.locator("[data-hand='person']").count()).toBe(0);
  expect(await page.locator("[data-hand='machine']").count()).toBe(1);
  await pressed(page, "Enter");
  await pressed(page, "3");
  await saved(page);
  expect(await violations(page)).toEqual([]);
  await stands(desk, { complete: 1, done: 3 }, "check");
  const first = (await desk.labels())[0];
  expect(first).toMatchObject({ status: "confirmed", verified: { value: "pos" } });
});

test("what is to be judged unseen does not reach the browser before it is judged", async () => {
  await using desk = await openReview(4);
  await desk.client.assignments.create({
    project,
    name: "blind",
    mode: "verify",
    job: desk.job,
    suggestion: "hidden",
  });
  const page = await work(desk, "blind");
  const [said] = await desk.labels();
  const handed = await page.evaluate(
    async (path) =>
      (
        await fetch(path, {
          method: "POST",
          body: '{"count":3}',
          headers: { "content-type": "application/json" },
        })
      ).text(),
    `/api/v1/projects/${project}/assignments/blind/next`,
  );
  expect(handed).toContain(`"label":${said?.id}`);
  expect(handed).not.toContain('"value"');
  expect(await page.locator("[data-hand='machine']").count()).toBe(0);
  await pressed(page, "3");
  await saved(page);
  expect((await desk.labels())[0]).toMatchObject({
    status: "confirmed",
    verified: { value: "pos" },
  });
  // Judged, it may be seen.
  await page.keyboard.press("ArrowLeft");
  await page.getByRole("heading", { name: "Model" }).waitFor();
});

test("with several labels a record asks one after another, and is done with the last", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(2));
  const { document } = await desk.client.schemas.get({ project });
  const options = ["low", "high"].map((value) => ({ value, text: value }));
  const urgency = { name: "urgency", options };
  await desk.client.schemas.set({ project, labels: [...document.labels, urgency] });
  await desk.client.assignments.create({ project, name: "by hand", mode: "label" });
  const page = await work(desk);
  await page.keyboard.press("1");
  await page.locator("[data-option='high']").waitFor();
  expect(await recordText(page)).toContain("(1)");
  await stands(desk, { done: 0 });
  await pressed(page, "2");
  await stands(desk, { done: 1 });
  await page.locator("[data-option='neg']").waitFor();
  expect(await recordText(page)).toContain("(2)");
});

test("an assignment is made from the screen, looked at, and what is in hand released", async () => {
  await using desk = await openDesk();
  await withMessages(desk.client, project, messages(6));
  const page = await desk.open(`/p/${project}/assignments`);
  await page.getByText("No assignments yet").waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("link", { name: "New assignment" }).click();
  await page.getByLabel("Name").fill("first round");
  await page.getByLabel("People", { exact: true }).fill("ann, ben");
  await page.getByLabel("How many people do each record").fill("2");
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Assign 6 records to 2 people each" }).click();
  await page.getByRole("heading", { name: "How far is first round?" }).waitFor();
  expect(await detail(desk, "first round")).toMatchObject({ people: ["ann", "ben"], overlap: 2 });
  const { secret } = await desk.client.tokens.create({ name: "ann" });
  const ann = new Countersign({ url: desk.url, token: secret });
  await ann.assignments.next({ project, assignment: "first round", count: 2 });
  await page.reload();
  await page.getByRole("table", { name: "In hand" }).waitFor();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("button", { name: "Release m1, held by ann" }).click();
  await stands(desk, { held: 1 }, "first round");
  await page.getByRole("button", { name: "Release all that is in hand" }).click();
  await stands(desk, { held: 0 }, "first round");
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Reopen" }).waitFor();
  expect((await detail(desk, "first round")).state).toBe("closed");
});
