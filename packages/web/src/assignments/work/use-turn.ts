import type { Turn } from "@countersign/core";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClient } from "../../client/ClientProvider.tsx";
import { unsaved } from "../../review/session/outbox.ts";
import { handled } from "../../review/session/session.ts";
import type { AssignmentDesk } from "./desk.ts";
import { type Asking, nextSlot, type Slot, slotsOf } from "./slots.ts";

/** So many records are in hand at once: the one that is looked at, and the next ones, made ready. */
const inHand = 3;
/** No request asks for more. */
const most = 20;
/** Records are kept from going back so often, as a share of the idle time, and at least once in so many milliseconds. */
const renewals = 1 / 3;
const longestRenewalMs = 5 * 60_000;
/** Where others hold what is left, it is looked for again after so many milliseconds. */
const waitMs = 10_000;

export interface Queue {
  /** All questions of this visit, in the order in which they were handed out. */
  readonly slots: readonly Slot[];
  readonly current: Slot | undefined;
  /** The server's last answer; undefined before the first. */
  readonly turn: Turn | undefined;
  readonly error: Error | null;
  /** Whether something is being looked for right now. */
  readonly loading: boolean;
  /** On to the next question that is still to be answered, which is returned. */
  readonly advance: () => Slot | undefined;
  /** One question back or forth, answered or not. */
  readonly go: (by: 1 | -1) => void;
  readonly open: (slot: number) => void;
  /** Asks for more; with `again`, also for what was passed over. */
  readonly ask: (again?: boolean) => Promise<void>;
  /** Forgets that a record is in hand. */
  readonly drop: (record: number) => void;
}

/** A person's turn: a few records in hand, the next ones fetched before they are needed, given back on leaving. */
export function useTurn(
  project: string,
  assignment: string,
  { desk, numbering, know }: AssignmentDesk,
  asking: Asking,
  idleMinutes: number,
): Queue {
  const client = useClient();
  const [slots, setSlots] = useState<readonly Slot[]>([]);
  const [current, setCurrent] = useState<number>();
  const [turn, setTurn] = useState<Turn>();
  const [error, setError] = useState<Error | null>(null);
  const [loading, setLoading] = useState(true);
  const held = useRef<ReadonlySet<number>>(new Set());
  const all = useRef(slots);
  const asked = useRef<Promise<void>>(undefined);

  const isOpen = useCallback(
    (slot: Slot) =>
      held.current.has(slot.item.record.id) && !handled(desk.session.get()).has(slot.id),
    [desk],
  );

  const ask = useCallback(
    (again = false): Promise<void> => {
      // One at a time: each answer says what is in hand, and the latest must be the last.
      const before = asked.current ?? Promise.resolve();
      const now = before.then(async () => {
        setLoading(true);
        try {
          const count = Math.min(most, inHand + unsaved(desk.session.get().outbox));
          const answer = await client.assignments.next({ project, assignment, count, again });
          held.current = new Set(answer.items.map(({ record }) => record.id));
          const fresh = answer.items.flatMap((handed) => slotsOf(handed, asking, numbering));
          const known = new Set(all.current.map(({ id }) => id));
          const added = fresh.filter(({ id }) => !known.has(id));
          know(added);
          all.current = [...all.current, ...added];
          setSlots(all.current);
          setTurn(answer);
          setError(null);
          setCurrent((here) => here ?? nextSlot(all.current, undefined, isOpen)?.id);
        } catch (fault) {
          setError(fault instanceof Error ? fault : new Error(String(fault)));
        }
        setLoading(false);
      });
      asked.current = now;
      return now;
    },
    [client, project, assignment, asking, numbering, know, desk, isOpen],
  );

  // In hand at first, and whenever an answer has made room.
  useEffect(() => {
    ask();
    let clock = desk.session.get().clock;
    return desk.session.subscribe(() => {
      const now = desk.session.get();
      if (now.clock === clock) return;
      clock = now.clock;
      if (all.current.filter(isOpen).length < inHand || now.returned.length > 0) ask();
    });
  }, [ask, desk, isOpen]);

  // While somebody is at work, nothing in hand goes back.
  useEffect(() => {
    let active = false;
    const note = () => {
      active = true;
    };
    const every = Math.min(longestRenewalMs, idleMinutes * 60_000 * renewals);
    const timer = setInterval(() => {
      if (active && document.visibilityState === "visible") ask();
      active = false;
    }, every);
    window.addEventListener("keydown", note);
    window.addEventListener("pointerdown", note);
    window.addEventListener("scroll", note, true);
    return () => {
      clearInterval(timer);
      window.removeEventListener("keydown", note);
      window.removeEventListener("pointerdown", note);
      window.removeEventListener("scroll", note, true);
    };
  }, [ask, idleMinutes]);

  const waiting = turn?.items.length === 0 && (turn.left > 0 || turn.held > 0);
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => ask(), waitMs);
    return () => clearInterval(timer);
  }, [waiting, ask]);

  // Whoever leaves gives back what they have not answered; what is being saved stays theirs until it is.
  useEffect(() => {
    const leave = () => {
      const done = handled(desk.session.get());
      const open = all.current.filter(
        (slot) => held.current.has(slot.item.record.id) && !done.has(slot.id),
      );
      const records = [...new Set(open.map(({ item }) => item.record.id))];
      if (records.length === 0) return;
      // Who is gone hears of no failure; what is not given back goes back by itself.
      client.assignments
        .release({ project, assignment, records }, { keepalive: true })
        .catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [client, project, assignment, desk]);

  return {
    slots,
    current: slots.find(({ id }) => id === current),
    turn,
    error,
    loading,
    advance() {
      const next = nextSlot(all.current, current, isOpen);
      setCurrent(next?.id);
      if (all.current.filter(isOpen).length < inHand) ask();
      return next;
    },
    go(by) {
      const at = slots.findIndex(({ id }) => id === current);
      const to = slots[at < 0 ? slots.length - 1 : at + by];
      if (to) setCurrent(to.id);
    },
    open: setCurrent,
    ask,
    drop(record) {
      held.current = new Set([...held.current].filter((one) => one !== record));
    },
  };
}
