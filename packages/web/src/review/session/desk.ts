import type { Label } from "@countersign/core";
import { type Countersign, CountersignError } from "@countersign/sdk";
import { isBy, type Reviewed } from "../search/search-document.ts";
import { type Delivery, deliver, type Post } from "./deliver.ts";
import { type Letter, unsaved } from "./outbox.ts";
import { newSession, type Session } from "./session.ts";
import { createStore, type Store } from "./store.ts";

/** Where a machine's labels of one name are reviewed. It outlives the page, so that what is unsaved goes on being sent. */
export interface Desk {
  readonly session: Store<Session>;
  readonly delivery: Delivery;
}

const desks = new Map<string, Desk>();
/** The newest, because a new token makes a new client. */
let latest: Countersign;

/** The desk for these labels, the same one as long as the tab is open. */
export function deskOf(client: Countersign, project: string, reviewed: Reviewed): Desk {
  latest = client;
  const key = JSON.stringify([project, reviewed.by, reviewed.definition.name]);
  return keepDesk(key, () => postTo(project, reviewed));
}

/** The desk of a name, the same one as long as the tab is open; made with this post when it is first asked for. */
export function keepDesk(key: string, post: () => Post): Desk {
  const there = desks.get(key);
  if (there) return there;
  const session = createStore(newSession);
  const desk = { session, delivery: deliver(session, post()) };
  warnBeforeLeaving(session, desk.delivery);
  desks.set(key, desk);
  return desk;
}

function postTo(project: string, reviewed: Reviewed): Post {
  return {
    async send({ decisions }) {
      const stored = await latest.verifications.record({
        project,
        decisions: decisions.map(({ label, verdict, value, seen }) => ({
          label,
          verdict,
          seen,
          ...(value !== undefined && { value }),
        })),
      });
      return stored.labels;
    },
    look: (letter) => labelsNow(latest, project, reviewed, keysOf(letter)),
    isPassing,
    wordsOf,
  };
}

export function isPassing(error: unknown): boolean {
  if (!(error instanceof CountersignError)) return false;
  const { type, status } = error.problem;
  return type === "server-unreachable" || waits.has(status ?? 500) || (status ?? 500) >= 500;
}

export const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** A token is needed, took too long, too many at once: the verdicts themselves were not refused. */
const waits: ReadonlySet<number> = new Set([401, 408, 429]);

const keysOf = ({ act }: Letter): string[] => act.judgements.map(({ key }) => key);

/** The reviewed labels of records as they stand, whoever changed them. */
export async function labelsNow(
  client: Countersign,
  project: string,
  { by, definition }: Reviewed,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<Label[]> {
  const labels: Label[] = [];
  const search = { project, where: { key: [...keys] }, limit: 1000 };
  for await (const page of client.records.pages(search, { signal }))
    for (const record of page.records)
      for (const one of record.labels)
        if (isBy(one.annotator, by) && one.name === definition.name) labels.push(one);
  return labels;
}

/** The browser asks before it closes the page over unsaved verdicts; back on line, they are sent at once. */
function warnBeforeLeaving(session: Store<Session>, delivery: Delivery): void {
  const ask = (event: BeforeUnloadEvent) => event.preventDefault();
  session.subscribe(() => {
    if (unsaved(session.get().outbox) > 0) window.addEventListener("beforeunload", ask);
    else window.removeEventListener("beforeunload", ask);
  });
  window.addEventListener("online", () => delivery.retry());
}
