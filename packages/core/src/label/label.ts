import { z } from "zod";

/** What is said of one stretch of text: an option's value, several of them, a text, a number. */
const SpanFact = z.union([z.string(), z.number(), z.array(z.string())]);

/**
 * A stretch of a record's text with what is said of it. Offsets count UTF-16 units, as JavaScript, browsers and Label
 * Studio do: `content.slice(start, end)`.
 */
export const SpanValue = z
  .strictObject({ end: z.int().min(1), start: z.int().min(0), value: SpanFact })
  .meta({ id: "SpanValue" });
export type SpanValue = z.infer<typeof SpanValue>;

/**
 * A label's value: an option's `value`; a list of them, for a multiple choice in schema order, for a ranking the foremost
 * first; a number; a text; or, where a label is of spans, the list of them in the text's order.
 */
export const LabelValue = z
  .union([z.string(), z.number(), z.array(z.string()), z.array(SpanValue)])
  .meta({ id: "LabelValue" });
export type LabelValue = z.infer<typeof LabelValue>;

export const AnnotatorKind = z.enum(["person", "job", "gold", "model"]);
export type AnnotatorKind = z.infer<typeof AnnotatorKind>;

/** Whether a machine made labels, a job or a model that they came from with an import: people verify these. */
export const isMachine = (kind: AnnotatorKind): kind is "job" | "model" =>
  kind === "job" || kind === "model";

/**
 * Who made a label: a person, a job (the machine), or, come with an import, `gold`, the truth, and `model`, a machine that is
 * none of our jobs. A model's label stands beside the others, is verified like a job's, and is never final unverified.
 */
export const Annotator = z
  .object({
    id: z.int(),
    kind: AnnotatorKind,
    name: z.string(),
    job: z.int().nullable().meta({ description: "The job's id where kind is job" }),
  })
  .meta({ id: "Annotator" });
export type Annotator = z.infer<typeof Annotator>;

export const LabelStatus = z.enum(["unverified", "confirmed", "corrected"]);
export type LabelStatus = z.infer<typeof LabelStatus>;

/** A person's verdict on one label. RETRACTS takes the verifier's last verdict back; nothing is ever erased. */
export const Verdict = z.enum(["CONFIRMS", "CORRECTS", "RETRACTS"]);
export type Verdict = z.infer<typeof Verdict>;

export const Verification = z
  .object({
    id: z.int(),
    label: z.int().meta({ description: "Id of the label judged" }),
    verdict: Verdict,
    judged: LabelValue.meta({ description: "The label's value when it was judged" }),
    value: LabelValue.nullable().meta({ description: "The person's value; null when retracting" }),
    verifier: z.string(),
    at: z.iso.datetime(),
  })
  .meta({ id: "Verification" });
export type Verification = z.infer<typeof Verification>;

/** How a confidence was come by. Never silently replaced by another method. */
export const ConfidenceMethod = z
  .union([
    z.enum([
      "label-token-probability",
      "self-consistency",
      "paraphrase-consistency",
      "verbalised",
      "agreement",
      "imported",
    ]),
    z.templateLiteral(["user:", z.string().regex(/^[\w.-]{1,60}$/)]),
  ])
  .meta({
    id: "ConfidenceMethod",
    description:
      "self-consistency, paraphrase-consistency: share of the replies that say the label's value; verbalised: the model's own word; agreement: share of other jobs that say the same; user:NAME: a user's own function; imported: it came with the label in a file",
  });
export type ConfidenceMethod = z.infer<typeof ConfidenceMethod>;

/** A person's own label, or its being taken back. Nothing is ever erased: the newest that was not taken back stands. */
export const LabelChange = z
  .object({
    id: z.int(),
    record: z.int(),
    name: z.string(),
    value: LabelValue.nullable().meta({ description: "null takes the person's last one back" }),
    by: z.string(),
    schemaVersion: z.int(),
    at: z.iso.datetime(),
  })
  .meta({ id: "LabelChange" });
export type LabelChange = z.infer<typeof LabelChange>;

/** What a label said before one of its options was renamed by a schema version. */
export const FormerValue = z
  .object({
    label: z.int(),
    value: LabelValue,
    verified: LabelValue.nullable().meta({ description: "The standing verdict's value" }),
    until: z.int().meta({ description: "The schema version that renamed it" }),
    at: z.iso.datetime(),
  })
  .meta({ id: "FormerValue" });
export type FormerValue = z.infer<typeof FormerValue>;

/** Facts about how a machine's label came to be. Times in milliseconds, cost in US dollars. */
export const LabelMetadata = z
  .object({
    model: z.string().optional().meta({ description: "Model version as the provider returned it" }),
    simulated: z.boolean().optional(),
    inputTokens: z.int().optional(),
    outputTokens: z.int().optional(),
    cost: z.number().optional(),
    latency: z.number().optional(),
    attempts: z.int().optional(),
    finishReason: z.string().optional(),
    seed: z.int().optional(),
    rule: z.string().optional().meta({ description: "Extraction rule that read the reply" }),
    samples: z
      .int()
      .optional()
      .meta({ description: "Replies it was read from, where there are several" }),
    refined: z
      .boolean()
      .optional()
      .meta({ description: "Read from a second call, which mapped the first reply" }),
    user: z.record(z.string(), z.json()).optional().meta({
      description: "What users have set of a label, apart from what is known of its making",
    }),
    confidences: z.record(z.string(), z.number()).optional().meta({
      description: "Confidences by every method that was used, the one in force among them",
    }),
    import: z.int().optional().meta({ description: "The import that it came with" }),
  })
  .meta({ id: "LabelMetadata" });
export type LabelMetadata = z.infer<typeof LabelMetadata>;

export const Label = z
  .object({
    id: z.int(),
    name: z.string(),
    value: LabelValue,
    annotator: Annotator,
    schemaVersion: z.int(),
    confidence: z.number().min(0).max(1).nullable(),
    confidenceMethod: ConfidenceMethod.nullable(),
    metadata: LabelMetadata,
    createdAt: z.iso.datetime(),
    status: LabelStatus,
    verified: z
      .object({ value: LabelValue, by: z.string(), at: z.iso.datetime() })
      .nullable()
      .meta({ description: "The standing verdict, null while unverified" }),
  })
  .meta({ id: "Label" });
export type Label = z.infer<typeof Label>;
