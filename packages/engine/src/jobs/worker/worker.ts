import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { Errands } from "../../background/errands.ts";
import type { Engine } from "../../engine.ts";
import { CallLine, systemClock } from "../../llm/call-line.ts";
import { type Connection, limitsName } from "../../llm/connection.ts";
import { Pacer } from "../../llm/pacer.ts";
import { openSession, type Session } from "./session.ts";
import { Shift } from "./shift.ts";

/** Between looks that nobody asked for, in milliseconds: finds what a killed worker left and what a lost notice told. */
const lookEvery = 2000;
/** How long a worker that is told to stop lets calls under way finish, in milliseconds. */
const grace = 2000;
/** Between attempts to sign on at a database that is away, in milliseconds. */
const signOnEvery = 1000;

/** A worker that has been started. */
export interface Worker {
  /** Ends its part in every job: calls under way may finish for a moment, what was paid for is stored, the rest is left to others. */
  stop(): Promise<void>;
}

/**
 * Starts a worker: it takes part in every job of the database, together with any number of others in this or other
 * processes. It wakes when a job is started or changed. It outlives a database that goes away and comes back.
 */
export function startWorker(engine: Engine): Worker {
  const stopping = new AbortController();
  const stopped = work(engine, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return stopped;
    },
  };
}

async function work(engine: Engine, stopping: AbortSignal): Promise<void> {
  const lines = new Map<string, CallLine>();
  const lineOf = (connection: Connection) => {
    const name = limitsName(connection);
    const line = lines.get(name) ?? new CallLine(new Pacer(Math.random), systemClock);
    lines.set(name, line);
    return line;
  };
  while (!stopping.aborted) {
    let shift: Shift | undefined;
    let errands: Errands | undefined;
    const session = await signOn(engine, () => {
      shift?.look();
      errands?.look();
    });
    if (session) {
      shift = new Shift(engine, session.worker, lineOf);
      errands = new Errands(engine);
      await workShift(shift, errands, session, stopping);
    } else await wait(signOnEvery, undefined, { signal: stopping }).catch(() => undefined);
  }
}

async function signOn(engine: Engine, onChange: () => void): Promise<Session | undefined> {
  try {
    return await openSession(engine.pool, hostname(), onChange);
  } catch (error) {
    engine.log.warn({ error }, "the worker could not sign on at the database");
    return undefined;
  }
}

/** Works until the worker is told to stop or its session is lost. */
async function workShift(
  shift: Shift,
  errands: Errands,
  session: Session,
  stopping: AbortSignal,
): Promise<void> {
  const told = Promise.withResolvers<void>();
  const onStop = () => told.resolve();
  stopping.addEventListener("abort", onStop);
  if (stopping.aborted) onStop();
  const look = () => {
    shift.look();
    errands.look();
  };
  const timer = setInterval(look, lookEvery);
  look();
  await Promise.race([session.lost, told.promise]);
  clearInterval(timer);
  stopping.removeEventListener("abort", onStop);
  await Promise.all([shift.end(stopping, grace), errands.end()]);
  await session.close();
}
