import type { Label, LabelValue } from "@countersign/core";
import { sameValue } from "../../label/value.ts";
import type { Act } from "./act.ts";
import { posted } from "./outbox.ts";
import { known, type Session, shown } from "./session.ts";
import { standingAfter, verdictOn } from "./verdict.ts";

/** A value chosen for a record's label. */
export interface Choice {
  readonly record: number;
  /** The record's key. */
  readonly key: string;
  readonly label: Label;
  readonly value: LabelValue;
}

/**
 * Takes a person's choices as one act: shown at once, undone as a whole, sent in one request.
 * A choice that the person's own standing verdict already says is left out; if nothing is left, nothing happens.
 *
 * @param by whose choices they are
 * @param at now, in milliseconds since 1970
 */
export function decide(
  session: Session,
  choices: readonly Choice[],
  by: string,
  at: number,
): Session {
  const moment = new Date(at).toISOString();
  const news = choices
    .map((choice) => ({ ...choice, before: shown(session, choice.label) }))
    .filter(
      ({ before, value }) => before.verified?.by !== by || !sameValue(before.verified.value, value),
    );
  if (news.length === 0) return session;

  const act: Act = {
    id: session.nextId,
    at,
    judgements: news.map(({ record, key, label, value, before }) => ({
      record,
      key,
      label: label.id,
      suggested: label.value,
      value,
      before: { status: before.status, verified: before.verified },
    })),
  };
  const decided = new Set(news.map(({ record }) => record));
  return {
    ...session,
    nextId: act.id + 2,
    acts: [...session.acts, act],
    returned: session.returned.filter(
      ({ act }) => !act.judgements.every(({ record }) => decided.has(record)),
    ),
    skipped: new Set([...session.skipped].filter((record) => !decided.has(record))),
    outbox: posted(session.outbox, {
      id: act.id + 1,
      act,
      does: "carry-out",
      attempts: 0,
      decisions: news.map(({ label, value }) => {
        const verdict = verdictOn(label.value, value);
        return {
          label: label.id,
          verdict,
          ...(verdict === "CORRECTS" && { value }),
          // a verdict of one's own that is still on its way is put in when it is answered
          seen: known(session, label).verified?.at ?? null,
          after: standingAfter(label.value, value, by, moment),
        };
      }),
    }),
  };
}
