import {
  consistency,
  type InvalidReason,
  isRefinable,
  type LabelDefinition,
  type LabelMetadata,
  labelTokenProbability,
  type Outcome,
  type Reading,
} from "@countersign/core";
import type { Logger } from "pino";
import type { DelegateFailure, RetryFailure } from "../../llm/call-failure.ts";
import type { Assignment } from "./assignment.ts";
import type { KeptReply, NewLabel, Sample, Verdict } from "./finished-item.ts";

/**
 * What an item's replies make of it: every label that can be read is taken; the item counts as labelled when all of them
 * can. Should reading fail, that is a bug; it must not cost the replies, nor the other items.
 *
 * @param samples at least one
 * @param record the record's text, in which quoted spans are located
 * @param attempts calls made for the item; 0 where every reply was stored already
 */
export function judgeReplies(
  assignment: Assignment,
  samples: readonly Sample[],
  record: string,
  attempts: number,
  log: Logger,
): Verdict {
  try {
    return readVerdict(assignment, samples, record, attempts);
  } catch (error) {
    log.error({ job: assignment.job, error }, "a reply could not be read");
    const message = "The reply is stored, but reading it failed. This is a fault of Countersign.";
    return { outcome: "failed", reason: "internal", message, labels: [] };
  }
}

/** Whether a second call may read what this reply does not say plainly. */
export const wantsRefining = (assignment: Assignment, reply: KeptReply, record: string): boolean =>
  [...readReply(assignment, reply, record).readings.values()].some(
    (reading) => !reading.ok && isRefinable(reading.reason),
  );

/** What a reply says, and how sure of it it says to be. */
interface ReadReply {
  readonly readings: ReadonlyMap<string, Reading>;
  readonly sureness: ReadonlyMap<string, number>;
}

function readReply(
  { read, readSureness }: Assignment,
  reply: KeptReply,
  record: string,
): ReadReply {
  if (!readSureness) return { readings: read(reply, { record }), sureness: new Map() };
  const { reply: rest, confidences } = readSureness(reply);
  return { readings: read(rest, { record }), sureness: confidences };
}

/** A label as one sample says it. */
interface SampleReading {
  readonly reading: Reading;
  /** The reply it was read from. */
  readonly reply: KeptReply;
  readonly sureness: number | null;
  readonly refined: boolean;
}

function readVerdict(
  assignment: Assignment,
  samples: readonly Sample[],
  record: string,
  attempts: number,
): Verdict {
  const read = samples.map((sample) => sampleReader(assignment, sample, record));
  const metadata = metadataOf(assignment, samples, attempts);
  const labels: NewLabel[] = [];
  let missing: { readonly reason: InvalidReason; readonly detail: string } | undefined;
  for (const definition of assignment.labels) {
    const said = read.map((readingOf) => readingOf(definition.name));
    const [first, ...others] = said;
    if (!first) continue;
    const { reading, of, share } = consistency([
      first.reading,
      ...others.map((other) => other.reading),
    ]);
    if (!reading.ok) {
      missing ??= reading;
      continue;
    }
    const { value, rule } = reading;
    const chosen = said[of] ?? first;
    labels.push({
      name: definition.name,
      ...assignment.carrier.carry(definition.name, value, assignment.schemaVersion),
      ...confidenceOf(assignment, definition, { ...chosen, reading }, share),
      metadata: { ...metadata, rule, ...(chosen.refined && { refined: true }) },
    });
  }
  if (!missing) return { outcome: "labelled", reason: null, message: null, labels };
  const outcome = missing.reason === "refusal" ? "refused" : "invalid-reply";
  return { outcome, reason: missing.reason, message: missing.detail, labels };
}

/** Reads a sample's labels: from its own reply, or, where that leaves one open, from the one that refines it. */
function sampleReader(
  assignment: Assignment,
  { reply, refined }: Sample,
  record: string,
): (label: string) => SampleReading {
  const own = readReply(assignment, reply, record);
  const second = refined && {
    ...readReply(assignment, refined.reply, record),
    reply: refined.reply,
  };
  return (label) => {
    const reading = own.readings.get(label) ?? unanswered;
    const sureness = own.sureness.get(label) ?? null;
    const better = reading.ok || !isRefinable(reading.reason) ? undefined : second;
    const again = better?.readings.get(label);
    return better && again?.ok
      ? { reading: again, reply: better.reply, sureness, refined: true }
      : { reading, reply, sureness, refined: false };
  };
}

/** A reader answers for every label that it was made for. */
const unanswered: Reading = { ok: false, reason: "no-label", detail: "" };

/** The confidence that the agent's method gives; none where it gives none, and never another method's. */
function confidenceOf(
  { agent }: Assignment,
  definition: LabelDefinition,
  chosen: SampleReading & { readonly reading: { readonly ok: true } },
  share: number | null,
): Pick<NewLabel, "confidence" | "confidenceMethod"> {
  const method = agent.confidence?.by ?? "label-token-probability";
  const confidence =
    method === "label-token-probability"
      ? probabilityOf(definition, chosen)
      : method === "verbalised"
        ? chosen.sureness
        : share;
  return { confidence, confidenceMethod: confidence === null ? null : method };
}

function probabilityOf(
  definition: LabelDefinition,
  {
    reading: { spans, value },
    reply,
    refined,
  }: SampleReading & { readonly reading: { readonly ok: true } },
): number | null {
  // The second call's tokens tell how plain the first reply was, not how sure the model was of the label.
  if (refined) return null;
  const tokens = reply.logprobs ?? [];
  return labelTokenProbability({ tokens, reply: reply.text, spans, definition, value });
}

/** What a failure makes of its item. */
export function judgeFailure(failure: DelegateFailure | RetryFailure): Verdict {
  const { reason, message } = failure;
  return { outcome: outcomes[reason] ?? "failed", reason, message, labels: [] };
}

const outcomes: Partial<Record<string, Outcome>> = {
  "content-refused": "refused",
  "prompt-too-long": "prompt-too-long",
};

/** Tokens and cost of all the replies together; the latency of the sample that took longest. */
function metadataOf(
  { agent }: Assignment,
  samples: readonly Sample[],
  attempts: number,
): Omit<LabelMetadata, "rule"> {
  const heard = samples.flatMap((sample) => [sample, ...(sample.refined ? [sample.refined] : [])]);
  const inputTokens = total(heard.map(({ reply }) => reply.usage.inputTokens));
  const outputTokens = total(heard.map(({ reply }) => reply.usage.outputTokens));
  const cost = total(heard.map(({ paid, reply }) => (paid ? reply.cost : 0)));
  const [first] = heard;
  const { seed } = agent.parameters;
  return {
    ...(first && first.reply.modelVersion !== null && { model: first.reply.modelVersion }),
    simulated: heard.some(({ reply }) => reply.simulated),
    ...(inputTokens !== null && { inputTokens }),
    ...(outputTokens !== null && { outputTokens }),
    ...(cost !== null && { cost }),
    latency: Math.max(
      ...samples.map(
        ({ reply, refined }) => reply.latencyMs + (refined ? refined.reply.latencyMs : 0),
      ),
    ),
    attempts,
    ...(first && { finishReason: first.reply.finish }),
    ...(seed !== undefined && { seed }),
    ...(samples.length > 1 && { samples: samples.length }),
  };
}

/** The sum, where all of it is known. */
const total = (parts: readonly (number | null)[]): number | null =>
  parts.reduce<number | null>(
    (sum, part) => (sum === null || part === null ? null : sum + part),
    0,
  );
