import {
  canonicalValue,
  err,
  isMachine,
  type LabelDefinition,
  type LabelValue,
  ok,
  type Result,
  sameValue,
  standingVerdict,
  type Verdict,
} from "@countersign/core";
import type { LabelRow } from "../labels/select.ts";
import { usualValue } from "../schemas/index.ts";
import type { StampedVerification } from "./rows.ts";

/** A person's verdict on a label, as asked for. */
export interface Decision {
  readonly label: number;
  readonly verdict: Verdict;
  /** With CORRECTS: the right value. */
  readonly value?: LabelValue | undefined;
  /** The moment of the verdict that the person saw standing, null for none; left out, any may stand. */
  readonly seen?: string | null | undefined;
}

/** A decision that can be recorded. */
export interface Judgement {
  readonly label: number;
  readonly verdict: Verdict;
  /** The label's value now. */
  readonly judged: LabelValue;
  /** The person's value; null when retracting. */
  readonly value: LabelValue | null;
  /** The schema version in whose words it is given. */
  readonly schemaVersion: number;
  /** When retracting: the verification that stands again, null for none. */
  readonly restores: Restored | null;
}

/** A verdict that stands again, and what it says. */
export interface Restored {
  readonly id: number;
  readonly value: LabelValue | null;
  readonly schemaVersion: number;
}

/** Why a decision cannot be recorded, as what is true of its label. */
export interface Objection {
  readonly type: "verification-invalid" | "verification-outdated";
  readonly why: string;
  readonly next: string;
}

/**
 * Works out what a decision means for its label.
 *
 * @param definition the label in the schema version that it was made with
 * @param content the record's text, in which spans lie
 * @param history all verdicts on the label, oldest first; needed to retract only
 * @param blind the person has not been shown the label before they judge it, so that a value may turn out to be the same
 */
export function judge(
  decision: Decision,
  label: LabelRow,
  definition: LabelDefinition | undefined,
  content: string,
  history: readonly StampedVerification[],
  verifier: string,
  blind = false,
): Result<Judgement, Objection> {
  const { verdict, value, seen } = decision;
  if (!isMachine(label.kind))
    return invalid("is not a machine's, and only those are verified", "Leave it out.");
  if (seen !== undefined && momentOf(seen) !== momentOf(label.verified_at))
    return err({
      type: "verification-outdated",
      why:
        label.verified_by === null
          ? "has lost the verdict that was seen"
          : `has been ${label.status} by ${label.verified_by} meanwhile`,
      next: "Look at the label again, and decide anew.",
    });
  if (value !== undefined && verdict !== "CORRECTS")
    return invalid(`is judged with ${verdict} and a value`, "Give a value with CORRECTS only.");

  const judged = {
    label: label.id,
    verdict,
    judged: label.value,
    schemaVersion: label.schema_version,
  };
  switch (verdict) {
    case "CONFIRMS":
      if (blind && label.verified_by === null)
        return invalid(
          "is hidden until it is judged, so nobody can confirm it",
          "Say what is right, with CORRECTS; where the job said the same, that confirms it.",
        );
      return ok({ ...judged, value: label.value, restores: null });
    case "CORRECTS": {
      const right =
        definition && value !== undefined ? canonicalValue(definition, value, content) : undefined;
      if (right === undefined)
        return invalid(
          value === undefined
            ? "is corrected without a value"
            : `cannot be ${JSON.stringify(value)}, which is no value of it in schema version ${label.schema_version}`,
          usualValue(definition),
        );
      if (sameValue(right, label.value) && blind)
        return ok({ ...judged, verdict: "CONFIRMS", value: label.value, restores: null });
      if (sameValue(right, label.value))
        return invalid(`is ${JSON.stringify(right)} already`, "Confirm it instead.");
      return ok({ ...judged, value: right, restores: null });
    }
    case "RETRACTS": {
      if (!standingVerdict(history, verifier))
        return invalid(`has no verdict of ${verifier}'s to take back`, "Leave it out.");
      const now = { id: 0, value: null, schemaVersion: label.schema_version, verdict, verifier };
      const restored = standingVerdict<typeof now | StampedVerification>([...history, now]);
      return ok({ ...judged, value: null, restores: restored ?? null });
    }
  }
}

const invalid = (why: string, next: string) =>
  err<Objection>({ type: "verification-invalid", why, next });

const momentOf = (moment: string | null): number => (moment === null ? 0 : Date.parse(moment));
