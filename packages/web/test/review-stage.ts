import type { Label, LabelDefinition } from "@countersign/core";
import { startSimulator } from "@countersign/simulator";
import type { Page } from "playwright-core";
import type { z } from "zod";
import { type Desk, type Look, openDesk } from "./browser.ts";
import { labelled, type Message, messages, startModel, withMessages } from "./stage.ts";

export const project = "airline";

/** A desk with a job of labels to review. */
export interface ReviewDesk extends Desk {
  readonly job: number;
  /** Opens the review with a search such as `view=table`, and waits for its first record. */
  review(search?: string, look?: Look): Promise<Page>;
  /** The job's labels as the server has them, in order of record. */
  labels(): Promise<Label[]>;
}

/** Messages labelled by a simulated model, ready to be reviewed. */
export async function openReview(count: number | readonly Message[]): Promise<ReviewDesk> {
  const given = typeof count === "number" ? messages(count) : count;
  const desk = await openDesk();
  await withMessages(desk.client, project, given);
  const model = await startModel(given);
  const job = await labelled(desk.client, project, model.url);
  await model.close();
  return reviewing(desk, job);
}

/** Texts labelled for one label of any kind, as a simulated model replies to each. */
export async function openReviewOf(
  label: z.input<typeof LabelDefinition>,
  replies: readonly { readonly text: string; readonly reply: string }[],
): Promise<ReviewDesk> {
  const desk = await openDesk();
  await desk.client.projects.create({ name: project });
  await desk.client.schemas.set({ project, labels: [label] });
  await desk.client.records.import({
    project,
    format: "jsonl",
    mapping: { text: "text" },
    file: replies.map(({ text }) => JSON.stringify({ text })).join("\n"),
  });
  const model = await startSimulator({
    port: 0,
    replies: replies.map(({ text, reply }) => ({ match: text, reply })),
  });
  const job = await labelled(desk.client, project, model.url);
  await model.close();
  return reviewing(desk, job);
}

const reviewing = (desk: Desk, job: number): ReviewDesk => ({
  ...desk,
  job,
  async review(search = "", look) {
    const page = await desk.open(`/p/${project}/review?${search}`, look);
    await page
      .locator("[data-option], tr[data-row], section[aria-label='Record']")
      .first()
      .waitFor();
    return page;
  },
  async labels() {
    const { records } = await desk.client.records.search({ project, limit: 1000 });
    return records.flatMap(({ labels }) => labels.filter(({ annotator }) => annotator.job === job));
  },
});

/** The text in hand. */
export const recordText = (page: Page): Promise<string | null> =>
  page.getByRole("region", { name: "Record" }).textContent();

/** Presses a key and waits until another record is in hand, or none. */
export async function pressed(page: Page, key: string): Promise<void> {
  const before = await recordText(page);
  await page.keyboard.press(key);
  await page.waitForFunction(
    (text) => document.querySelector("section[aria-label='Record']")?.textContent !== text,
    before,
  );
}

/** Waits until the server has everything. */
export const saved = (page: Page): Promise<void> =>
  page.locator("[data-saved='yes']", { hasText: "saved" }).waitFor();
