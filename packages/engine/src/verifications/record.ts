import {
  err,
  type Label,
  type LabelValue,
  ok,
  type Problem,
  type Result,
  type Verification,
} from "@countersign/core";
import type { Kysely } from "kysely";
import type { Actor } from "../actor.ts";
import { hidesSuggestion } from "../assignments/find.ts";
import { asSeen, ownVerdicts } from "../assignments/in-hand.ts";
import { settleAssigned } from "../assignments/settle.ts";
import type { Engine } from "../engine.ts";
import { type LabelRow, toLabel } from "../labels/select.ts";
import { findProject, keepProject, type ProjectReference } from "../projects/index.ts";
import { carrierSince } from "../schemas/index.ts";
import { attempt } from "../store/attempt.ts";
import type { Database } from "../store/database.ts";
import { type Decision, type Judgement, judge } from "./judge.ts";
import {
  findDefinitions,
  findTexts,
  insertVerifications,
  letStand,
  lockLabels,
  readHistories,
  readLabels,
} from "./rows.ts";

type Fault = Problem<
  | "label-not-found"
  | "verification-invalid"
  | "verification-outdated"
  | "assignment-not-found"
  | "assignment-not-possible"
>;

/**
 * Records verdicts, all of them or none, and lets every label show the one that stands. What is recorded is never
 * changed: taking a verdict back is another verdict. Of two people who judge the same labels at once one comes after
 * the other.
 *
 * With an assignment, records that are done by it count as done, and people judge independently of each other: what was
 * `seen` is one's own verdict, and the labels returned show it and nobody else's. Where it hides what the job says, a value
 * is judged as correcting or confirming when it is here.
 */
export async function record(
  engine: Engine,
  actor: Actor,
  {
    project: name,
    decisions,
    assignment,
  }: {
    readonly project: string;
    readonly decisions: readonly Decision[];
    /** The assignment that the labels are judged for. */
    readonly assignment?: string | undefined;
  },
): Promise<
  Result<{ verifications: Verification[]; labels: Label[] }, Problem<"project-not-found"> | Fault>
> {
  const project = await findProject(engine.db, name);
  if (!project.ok) return project;

  return attempt(engine.db, async (db) => {
    const ids = decisions.map(({ label }) => label);
    await keepProject(db, project.value.id);
    const labels = await lockLabels(db, project.value, ids);
    const independent = assignment !== undefined;
    const seen = independent ? await asOneSees(db, actor, labels) : labels;
    const blind =
      assignment !== undefined && (await hidesSuggestion(db, project.value, assignment));
    const judgements = await judgeAll(db, project.value, actor, decisions, seen, blind);
    if (!judgements.ok) return judgements;
    const verifications = await insertVerifications(db, project.value, actor, judgements.value);
    const restored = await restoredValues(db, project.value, judgements.value);
    await letStand(
      db,
      verifications.map(({ id, label, verdict }, index) => {
        const restores = judgements.value[index]?.restores ?? null;
        return verdict === "RETRACTS"
          ? { label, verification: restores?.id ?? null, value: restored.get(label) }
          : { label, verification: id };
      }),
    );
    if (assignment !== undefined) {
      const settled = await settleAssigned(db, project.value, actor, {
        assignment,
        mode: "verify",
        records: [...labels.values()].map((label) => label.record_id),
        kept: noneRecorded(decisions),
      });
      if (!settled.ok) return settled;
    }
    const stored = await readLabels(db, ids);
    const shown = independent ? await asOneSees(db, actor, stored) : stored;
    return ok({
      verifications,
      labels: ids.flatMap((id) => {
        const row = shown.get(id);
        return row ? [toLabel(row)] : [];
      }),
    });
  });
}

/** Labels as one person sees them: judged by nobody but them. */
async function asOneSees(
  db: Kysely<Database>,
  { name }: Actor,
  labels: ReadonlyMap<number, LabelRow>,
): Promise<Map<number, LabelRow>> {
  const own = await ownVerdicts(db, name, [...labels.keys()]);
  return new Map([...labels].map(([id, row]) => [id, asSeen(row, own.get(id))]));
}

const noneRecorded = (decisions: readonly Decision[]): string =>
  `None of the ${decisions.length} verdicts was recorded.`;

/** What the verdicts that stand again say, as it is called now. */
async function restoredValues(
  db: Kysely<Database>,
  project: ProjectReference,
  judgements: readonly Judgement[],
): Promise<Map<number, LabelValue>> {
  const restored = judgements.filter(({ restores }) => restores !== null);
  const values = new Map<number, LabelValue>();
  if (restored.length === 0) return values;
  const oldest = Math.min(...restored.map(({ restores }) => restores?.schemaVersion ?? 0));
  const carrier = await carrierSince(db, project.id, oldest);
  const names = await readLabels(
    db,
    restored.map(({ label }) => label),
  );
  for (const { label, restores } of restored) {
    const name = names.get(label)?.name;
    if (restores && restores.value !== null && name !== undefined)
      values.set(label, carrier.carry(name, restores.value, restores.schemaVersion).value);
  }
  return values;
}

async function judgeAll(
  db: Kysely<Database>,
  project: ProjectReference,
  actor: Actor,
  decisions: readonly Decision[],
  labels: ReadonlyMap<number, LabelRow>,
  blind: boolean,
): Promise<Result<Judgement[], Fault>> {
  const kept = noneRecorded(decisions);
  const retracted = decisions.filter(({ verdict }) => verdict === "RETRACTS");
  const histories = await readHistories(
    db,
    retracted.map(({ label }) => label),
  );
  const definitionOf = await findDefinitions(db, project, [...labels.values()]);
  const textOf = await findTexts(
    db,
    [...labels.values()].filter((label) => definitionOf(label)?.level === "span"),
  );
  const judgements = new Map<number, Judgement>();
  for (const decision of decisions) {
    const label = labels.get(decision.label);
    if (!label)
      return err({
        type: "label-not-found",
        what: `The project “${project.name}” has no label with the id ${decision.label}.`,
        kept,
        next: "Read the records again: the label may have been deleted.",
      });
    const judgement = judgements.has(label.id)
      ? twice
      : judge(
          decision,
          label,
          definitionOf(label),
          textOf(label),
          histories.get(label.id) ?? [],
          actor.name,
          blind,
        );
    if (!judgement.ok) {
      const { type, why, next } = judgement.error;
      return err({ type, what: `Label ${label.id}, “${label.name}”, ${why}.`, kept, next });
    }
    judgements.set(label.id, judgement.value);
  }
  return ok([...judgements.values()]);
}

const twice = err({
  type: "verification-invalid" as const,
  why: "is judged twice in one request",
  next: "Judge it once, or in two requests.",
});
