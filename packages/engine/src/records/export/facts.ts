import {
  type FinalLabel,
  isMachine,
  type LabelValue,
  modelLabel,
  saidBy,
  standingLabel,
} from "@countersign/core";
import type { Frame } from "./frame.ts";
import { type ExportedLabel, type ExportedVerification, isoMoment } from "./snapshot.ts";

/** How a machine's label came to be. */
export interface Origin {
  readonly confidence: number | null;
  readonly confidenceMethod: string | null;
  /** Null where the label came with an import: then its model's name is all that is known. */
  readonly job: number | null;
  readonly agent: string | null;
  /** The hash of model, parameters and prompt: another prompt is another id. */
  readonly agentId: string | null;
  readonly modelName: string;
  readonly modelVersion: string | null;
  readonly simulated: boolean;
  readonly schemaVersion: number;
  /** The extraction rule that read the reply. */
  readonly rule: string | null;
  /** The replies it was read from, one a sample, each followed by what refined it. */
  readonly replies?: readonly string[];
}

export interface Machine extends Origin {
  readonly value: LabelValue;
}

/** What is exported of a record's labels of one name. */
export interface LabelFacts {
  readonly model: Machine | null;
  readonly verification: {
    readonly verdict: "confirmed" | "corrected";
    readonly value: LabelValue;
    readonly by: string;
    readonly at: string;
  } | null;
  readonly final:
    | (FinalLabel & {
        /** Id of the label that stands. */
        readonly label: number;
        readonly schemaVersion: number;
        /** The machine's label that was verified or stands unseen; null where a person's own stands. */
        readonly from: Machine | null;
        /** All verdicts on the label that stands, oldest first. */
        readonly verifications: readonly ExportedVerification[];
      })
    | null;
  readonly gold: LabelValue | null;
}

const nothing: LabelFacts = { model: null, verification: null, final: null, gold: null };

/** Works out the facts of a record's labels, in the order of the frame's names. */
export const factsOf = (labels: readonly ExportedLabel[], frame: Frame): LabelFacts[] =>
  frame.names.map((name) => {
    const named = labels.filter((label) => label.name === name);
    return named.length === 0 ? nothing : factsOfName(named, frame);
  });

function factsOfName(labels: readonly ExportedLabel[], frame: Frame): LabelFacts {
  const model = modelLabel(labels);
  const stands = standingLabel(labels);
  const machine = model ? originOf(model, frame) : null;
  return {
    model: machine,
    verification:
      stands?.verified && stands.status !== "unverified"
        ? {
            verdict: stands.status,
            value: stands.verified.value,
            by: stands.verified.by,
            at: isoMoment(stands.verified.at),
          }
        : null,
    final: stands
      ? {
          ...saidBy(stands),
          label: stands.id,
          schemaVersion: stands.schemaVersion,
          from: stands === model ? machine : originOf(stands, frame),
          verifications: stands.verifications,
        }
      : null,
    gold: labels.find((label) => label.annotator.kind === "gold")?.value ?? null,
  };
}

/** How a machine's label came to be; null for a person's and for gold. */
export function originOf(label: ExportedLabel, frame: Frame): Machine | null {
  const { kind, name, job } = label.annotator;
  if (!isMachine(kind)) return null;
  const agent = job === null ? undefined : frame.agents.get(job);
  return {
    value: label.value,
    confidence: label.confidence,
    confidenceMethod: label.confidenceMethod,
    job,
    agent: agent?.name ?? null,
    agentId: agent?.id ?? null,
    modelName: agent?.model ?? name,
    modelVersion: label.modelVersion,
    simulated: label.simulated,
    schemaVersion: label.schemaVersion,
    rule: label.rule,
    ...(label.replies && { replies: label.replies }),
  };
}
