import { isAtRest, type Job, ok, type Problem, type Result } from "@countersign/core";
import type { Engine } from "../engine.ts";
import type { ProjectReference } from "../projects/index.ts";
import { findJob, findNamedJob, type JobInput } from "./find.ts";
import { onNotice } from "./notices.ts";

/** Between two looks lie at least so many milliseconds, and, where no notice comes, at most so many. */
const soonest = 250;
const latest = 2000;

/**
 * A job as it goes on: now, and after each change, whichever process made it, but not more than four times a second.
 * Ends when the job is paused, cancelled, done or deleted, or when the signal is aborted.
 */
export async function watch(
  engine: Engine,
  input: JobInput,
  signal: AbortSignal,
): Promise<Result<AsyncIterable<Job>, Problem<"project-not-found" | "job-not-found">>> {
  const found = await findNamedJob(engine.db, input);
  if (!found.ok) return found;
  return ok(changes(engine, found.value.project, found.value.job, signal));
}

async function* changes(
  engine: Engine,
  project: ProjectReference,
  first: Job,
  signal: AbortSignal,
): AsyncGenerator<Job> {
  // Something may have changed since the first look, before anyone listened.
  let noticed = true;
  let wake = () => {};
  const stop = onNotice(engine.pool, first.id, () => {
    noticed = true;
    wake();
  });
  const onAbort = () => wake();
  signal.addEventListener("abort", onAbort);

  /** Waits so long, or until there is enough to end it. */
  const wait = (milliseconds: number, enough: () => boolean) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wake = () => {
        if (!enough()) return;
        clearTimeout(timer);
        resolve();
      };
      wake();
    });

  try {
    for (let job = first; ; ) {
      yield job;
      if (signal.aborted || isAtRest(job.state)) return;
      await wait(soonest, () => signal.aborted);
      await wait(latest - soonest, () => signal.aborted || noticed);
      noticed = false;
      const next = await findJob(engine.db, project, first.id);
      if (!next.ok || signal.aborted) return;
      job = next.value;
    }
  } finally {
    stop();
    signal.removeEventListener("abort", onAbort);
  }
}
